package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.config.ChatSlice;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** Readers that never read take bounded memory, and delay no other participant. */
@ChatSlice
@TestPropertySource(
        properties = {"chitty.broadcast.slow-reader-timeout=1h", "chitty.session.resume-window=1h", "grpc.server.port=0"
        })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Import(GrpcPort.class)
class FlowControlTest {

    private static final int DEAF = 100;
    private static final int MESSAGES = 20_000;
    private static final int WINDOW = 64 * 1024; // bytes that gRPC accepts for a reader that does not read
    private static final String TEXT = "x".repeat(128);
    private static final long BOUND = 200L << 20; // bytes; a queue for each reader would take 700 MB

    @Autowired
    private GrpcPort port;

    private final List<ManagedChannel> channels = new ArrayList<>();

    @AfterAll
    void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    @Test
    void memoryStaysBoundedWithReadersThatNeverRead() {
        for (int i = 0; i < DEAF; i++) {
            Participant deaf = Participant.join(channel(), "deaf" + i);
            new Participant.Inbox(channels.get(i), deaf.reading(0).build(), false);
        }
        Participant alice = Participant.join(channel(), "alice");
        Participant.Inbox inbox = alice.listen().caughtUp();
        long before = buffers();
        PublishStreamClient stream = new PublishStreamClient(channel());
        for (int i = 0; i < MESSAGES; i++) {
            stream.send(alice.message(TEXT).build());
        }
        stream.replies(MESSAGES);
        inbox.until(MESSAGES + 1); // its own join, too

        assertThat(buffers() - before).isLessThan(BOUND);
    }

    /** The bytes in the transport's buffers, on and off the heap. */
    private static long buffers() {
        long counted = Math.max(0, PlatformDependent.usedDirectMemory());
        return counted
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }

    private ManagedChannel channel() {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port.number())
                .usePlaintext()
                .flowControlWindow(WINDOW)
                .build();
        channels.add(channel);
        return channel;
    }
}
