package io.chittychat.server.rpc;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.chittychat.server.chat.MessageOrder;
import io.chittychat.server.chat.Publishing;
import io.chittychat.server.log.OpenLog;
import io.chittychat.server.observe.CallMeters;
import io.chittychat.server.observe.ServiceLog;
import io.chittychat.server.room.Command;
import io.chittychat.server.room.ParticipantRegistry;
import io.chittychat.server.room.Reply;
import io.chittychat.server.room.Result;
import io.chittychat.time.LamportClock;
import io.chittychat.v1.PublishRequest;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.LoggerFactory;

/**
 * The time on both sides of the room, in nanoseconds for each message of a PublishStream; nothing is logged or counted. The
 * request is parsed already.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReplyBenchmark {

    private static final Result.Published PUBLISHED = new Result.Published("participant 17", 1_000_001, false);

    private final PublishFixture.Replies replies = new PublishFixture.Replies();
    private final PublishRequest request = PublishFixture.request(1000);
    private final NoRoom dropped = new NoRoom(false);
    private final Publishing dropping = publishing(dropped);
    private final MessageOrder order = dropping.newOrder();
    private final PublishStream stream =
            new PublishStream(replies, publishing(new NoRoom(true)), silent(), Runnable::run, ended -> {});

    /** Opens the stream, and closes the log. */
    @Setup
    public void open() {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        stream.onNext(request.toBuilder().setSessionToken(PublishFixture.TOKEN).build());
    }

    /** The checks, and the command for the room, which is dropped. */
    @Benchmark
    public Object edgeChecks() {
        dropping.publish(
                order,
                PublishFixture.SESSION,
                request,
                why -> {
                    throw new IllegalStateException(why.getMessage());
                },
                Reply.ignored());
        return dropped.newest;
    }

    /** The same, a place in the stream, and a reply that is encoded: the room accepts each message at once. */
    @Benchmark
    public long edgeChecksAndReply() {
        stream.onNext(request);
        return replies.count();
    }

    private static ServiceLog silent() {
        return new ServiceLog(new CallMeters(new CompositeMeterRegistry()), false);
    }

    private static Publishing publishing(NoRoom room) {
        return PublishFixture.publishing(room, new ParticipantRegistry(), new LamportClock(1_000_000), silent());
    }

    /** Accepts publishes at once, or drops them. */
    private static final class NoRoom implements OpenLog {

        private final boolean answers;
        private Object newest = ""; // command

        NoRoom(boolean answers) {
            this.answers = answers;
        }

        @Override
        @SuppressWarnings("unchecked") // only publishes are answered
        public <R extends Result> void submit(Command<R> command, Reply<R> reply) {
            newest = command;
            if (answers && command instanceof Command.Publish) {
                ((Reply<Result.Published>) reply).accepted(PUBLISHED);
            }
        }
    }
}
