package io.chittychat.session;

import java.util.Optional;

/**
 * A participant's own Lamport time, and the last steps that moved it there.
 *
 * @param time the Lamport time now
 * @param lastTick the newest request; empty before the first
 * @param lastReceipt the newest received message; empty before the first
 */
public record ClockReading(long time, Optional<Tick> lastTick, Optional<Receipt> lastReceipt) {

    static final ClockReading ZERO = new ClockReading(0, Optional.empty(), Optional.empty());

    /**
     * The clock moved by one for a request.
     *
     * @param time the Lamport time after it, which the request carries
     * @param request the request, such as {@code Publish}
     */
    public record Tick(long time, String request) {}

    /**
     * The clock became {@code max(before, received) + 1}.
     *
     * @param before the participant's time before it
     * @param received the time in the message
     * @param time the participant's time after it
     * @param message the message, such as {@code the reply to Publish}
     */
    public record Receipt(long before, long received, long time, String message) {}

    ClockReading ticked(long time, String request) {
        return new ClockReading(time, Optional.of(new Tick(time, request)), lastReceipt);
    }

    ClockReading received(long received, long time, String message) {
        return new ClockReading(time, lastTick, Optional.of(new Receipt(this.time, received, time, message)));
    }
}
