package io.chittychat.examiner.participant;

import com.google.protobuf.DynamicMessage;
import io.chittychat.examiner.mapping.Event;
import io.chittychat.examiner.mapping.Mapping;
import io.chittychat.examiner.mapping.Template;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A participant: it has a name, a connection and a Lamport clock, and speaks as the mapping says. One thread at a time calls
 * it; what it receives comes in threads of gRPC.
 */
public final class Participant implements AutoCloseable {

    private final String name;
    private final Mapping mapping;
    private final ManagedChannel channel;
    private final Asking asking;
    private final Hearing hearing = new Hearing();
    private final OwnClock clock = new OwnClock();
    private String session = "";
    private long sequence;
    private @Nullable OpenCall stream;

    /**
     * A participant that has not joined.
     *
     * @param channel its own connection, which it closes
     * @param limit the longest time for an answer
     */
    public Participant(String name, Mapping mapping, ManagedChannel channel, Duration limit) {
        this.name = name;
        this.mapping = mapping;
        this.channel = channel;
        this.asking = new Asking(channel, limit);
    }

    public String name() {
        return name;
    }

    /** What it has received. */
    public Hearing hearing() {
        return hearing;
    }

    /** Joins, and begins to listen. */
    public Answer join() {
        long at = clock.tick();
        if (mapping.joinsByBroadcast()) {
            listen(mapping.join().send(), at);
            return sent(mapping.join(), at);
        }
        Asking.Reply reply = asking.ask(mapping.join(), fill(mapping.join().send(), "", at));
        session = reply.message()
                .flatMap(message -> mapping.join().session().flatMap(field -> field.text(message)))
                .orElse("");
        Answer answer = answer(mapping.join(), reply, at);
        if (!answer.is(Answer.Outcome.REFUSED) && !answer.is(Answer.Outcome.UNKNOWN)) {
            mapping.broadcast().send().ifPresent(request -> listen(request, clock.tick()));
        }
        return answer;
    }

    /** Publishes. */
    public Answer publish(String text) {
        long at = clock.tick();
        sequence++;
        return say(mapping.publish(), text, at);
    }

    /** Says goodbye. */
    public Answer leave() {
        long at = clock.tick();
        if (mapping.leave().isPresent()) {
            Answer answer = say(mapping.leave().get(), "", at);
            if (answer.is(Answer.Outcome.SENT) && stream != null) {
                stream.closeSide();
            }
            return answer;
        }
        if (stream != null && mapping.closes()) {
            stream.closeSide();
        } else if (stream != null) {
            stream.cancel();
        }
        return new Answer(
                Answer.Outcome.SENT,
                at,
                OptionalLong.empty(),
                mapping.closes() ? "closed its side of the stream" : "cancelled its stream");
    }

    /** Does something of its own that takes so many steps of its clock. */
    public void work(long steps) {
        clock.advance(steps);
    }

    /** Stops reading what it is told. */
    public void stopReading() {
        if (stream != null) {
            stream.pause();
        }
    }

    /** Reads on. */
    public void readOn() {
        if (stream != null) {
            stream.resume();
        }
    }

    private Answer say(Mapping.Call call, String text, long at) {
        DynamicMessage request = fill(call.send(), text, at);
        if (!mapping.isBroadcast(call)) {
            return answer(call, asking.ask(call, request), at);
        }
        if (stream != null) {
            stream.send(request);
        }
        return sent(call, at);
    }

    private static Answer sent(Mapping.Call call, long at) {
        return new Answer(
                Answer.Outcome.SENT, at, OptionalLong.empty(), call.method().getName() + ": sent");
    }

    private Answer answer(Mapping.Call call, Asking.Reply reply, long at) {
        OptionalLong time = reply.message()
                .map(message -> call.time().map(field -> field.number(message)).orElse(OptionalLong.empty()))
                .orElse(OptionalLong.empty());
        time.ifPresent(clock::follow);
        return new Answer(reply.outcome(), at, time, call.method().getName() + ": " + reply.says());
    }

    private void listen(Template request, long at) {
        OpenCall opened = OpenCall.start(channel, mapping.broadcast().method(), this::take, this::ended);
        stream = opened;
        opened.send(fill(request, "", at));
        if (!mapping.broadcast().method().isClientStreaming()) {
            opened.closeSide();
        }
    }

    private void take(DynamicMessage message) {
        List<Event> events = mapping.broadcast().events().read(message);
        if (mapping.isBroadcast(mapping.publish()) && mapping.publish().isRefusal(message)) {
            hearing.refusal();
        } else if (events.isEmpty()) {
            hearing.unread(message.toString());
        }
        for (Event event : events) {
            long own = event.time().isPresent() ? clock.follow(event.time().getAsLong()) : clock.read();
            hearing.hear(event, own);
        }
    }

    private void ended(Status status) {
        hearing.end(Asking.words(status));
    }

    private DynamicMessage fill(Template template, String text, long at) {
        Map<String, String> values = new HashMap<>();
        values.put("name", name);
        values.put("text", text);
        values.put("time", String.valueOf(at));
        values.put("session", session);
        values.put("sequence", String.valueOf(sequence));
        values.put("id", UUID.randomUUID().toString());
        return template.fill(values);
    }

    /** Closes its connection. */
    @Override
    public void close() {
        channel.shutdownNow();
    }

    @Override
    public String toString() {
        return name;
    }
}
