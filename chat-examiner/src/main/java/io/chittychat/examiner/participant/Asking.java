package io.chittychat.examiner.participant;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import io.chittychat.examiner.mapping.Mapping;
import io.grpc.Channel;
import io.grpc.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks, and waits for the answer: by a call for each request, or on one stream for all requests of a method. */
final class Asking {

    /** With these, nobody knows whether the service did what it was asked for. */
    private static final Set<Status.Code> LOST =
            Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.CANCELLED);

    /**
     * A reply.
     *
     * @param message the answer, if there is one
     * @param says it in words
     */
    record Reply(Answer.Outcome outcome, Optional<DynamicMessage> message, String says) {}

    /** An answer, or how a call has ended. */
    private record Sign(@Nullable DynamicMessage message, Status status) {}

    private record Line(OpenCall call, BlockingQueue<Sign> signs) {}

    private final Channel channel;
    private final Duration limit;
    private final Map<MethodDescriptor, Line> lines = new HashMap<>();

    Asking(Channel channel, Duration limit) {
        this.channel = channel;
        this.limit = limit;
    }

    Reply ask(Mapping.Call call, DynamicMessage request) {
        MethodDescriptor method = call.method();
        if (!method.isClientStreaming()) {
            Line line = open(method);
            line.call().send(request);
            line.call().closeSide();
            Reply reply = await(call, line);
            if (method.isServerStreaming() || reply.outcome() == Answer.Outcome.UNKNOWN) {
                line.call().cancel(); // any other ends by itself
            }
            return reply;
        }
        Line line = lines.computeIfAbsent(method, this::open);
        line.call().send(request);
        return method.isServerStreaming()
                ? await(call, line)
                : new Reply(Answer.Outcome.SENT, Optional.empty(), "sent");
    }

    private Line open(MethodDescriptor method) {
        BlockingQueue<Sign> signs = new LinkedBlockingQueue<>();
        return new Line(
                OpenCall.start(
                        channel,
                        method,
                        message -> signs.add(new Sign(message, Status.OK)),
                        status -> signs.add(new Sign(null, status))),
                signs);
    }

    private Reply await(Mapping.Call call, Line line) {
        Sign sign = next(line.signs());
        if (sign == null) {
            return new Reply(
                    Answer.Outcome.UNKNOWN, Optional.empty(), "no answer within %d s".formatted(limit.toSeconds()));
        }
        DynamicMessage message = sign.message();
        if (message != null) {
            boolean refused = call.isRefusal(message);
            return new Reply(
                    refused ? Answer.Outcome.REFUSED : Answer.Outcome.ACCEPTED,
                    Optional.of(message),
                    refused ? "refused (" + oneLine(message.toString()) + ")" : "OK");
        }
        lines.remove(call.method());
        if (sign.status().isOk()) {
            return new Reply(Answer.Outcome.ACCEPTED, Optional.empty(), "OK");
        }
        return new Reply(
                LOST.contains(sign.status().getCode()) ? Answer.Outcome.UNKNOWN : Answer.Outcome.REFUSED,
                Optional.empty(),
                words(sign.status()));
    }

    private @Nullable Sign next(BlockingQueue<Sign> signs) {
        try {
            return signs.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** A status in words. */
    static String words(Status status) {
        String description = status.getDescription();
        return description == null || description.isBlank()
                ? status.getCode().toString()
                : status.getCode() + " (" + oneLine(description) + ")";
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() > 200 ? line.substring(0, 200) + "..." : line;
    }
}
