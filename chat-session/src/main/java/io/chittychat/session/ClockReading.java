package io.chittychat.session;

import java.util.Optional;

/**
 * A participant's own Lamport time, and why it is what it is.
 *
 * @param time the Lamport time now
 * @param lastTick the newest request; empty if there was none
 * @param lastReceipt the newest message that was received; empty if there was none
 */
public record ClockReading(long time, Optional<Tick> lastTick, Optional<Receipt> lastReceipt) {

    static final ClockReading ZERO = new ClockReading(0, Optional.empty(), Optional.empty());

    /**
     * The clock was moved by one for a request.
     *
     * @param time the Lamport time after it, which the request carries
     * @param request what was sent, such as {@code Publish}
     */
    public record Tick(long time, String request) {}

    /**
     * The clock became {@code max(before, received) + 1}.
     *
     * @param before the own time before it
     * @param received the time that the message carried
     * @param time the own time after it
     * @param message what was received, such as {@code the reply to Publish}
     */
    public record Receipt(long before, long received, long time, String message) {}

    ClockReading ticked(long time, String request) {
        return new ClockReading(time, Optional.of(new Tick(time, request)), lastReceipt);
    }

    ClockReading received(long received, long time, String message) {
        return new ClockReading(time, lastTick, Optional.of(new Receipt(this.time, received, time, message)));
    }
}
