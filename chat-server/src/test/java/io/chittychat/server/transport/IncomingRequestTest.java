package io.chittychat.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Requests that arrive in frames of any size. */
class IncomingRequestTest {

    @Test
    void keptBytesAreThoseSinceTheLastCompleteMessage() {
        for (long seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            ByteBuf stream = Unpooled.buffer();
            int[] ends = new int[1 + random.nextInt(5)];
            for (int i = 0; i < ends.length; i++) {
                int length = random.nextInt(3) == 0 ? 0 : random.nextInt(600);
                stream.writeByte(0).writeInt(length).writeZero(length);
                ends[i] = stream.writerIndex();
            }
            IncomingRequest request = new IncomingRequest(0);
            int at = 0;
            int end = 0;
            while (at < stream.writerIndex()) {
                int part = Math.min(1 + random.nextInt(400), stream.writerIndex() - at);
                request.take(stream.slice(at, part), 0);
                at += part;
                for (int candidate : ends) {
                    end = candidate <= at ? Math.max(end, candidate) : end;
                }
                assertThat(request.kept()).as("seed %d at %d", seed, at).isEqualTo(at - end);
                assertThat(request.isWaiting()).as("seed %d at %d", seed, at).isEqualTo(end == 0 || at > end);
            }
        }
    }

    @Test
    void timeoutBeginsWithTheCallAndWithEachMessage() {
        IncomingRequest request = new IncomingRequest(100);
        assertThat(request.isLate(109, 10)).isFalse();
        assertThat(request.isLate(110, 10)).isTrue();
        request.take(Unpooled.buffer().writeZero(5), 120); // an empty message
        assertThat(request.isLate(1000, 10)).isFalse();
        request.take(Unpooled.buffer().writeZero(1), 1000);
        request.take(Unpooled.buffer().writeZero(1), 1009); // byte by byte
        assertThat(request.isLate(1009, 10)).isFalse();
        assertThat(request.isLate(1010, 10)).isTrue();
    }
}
