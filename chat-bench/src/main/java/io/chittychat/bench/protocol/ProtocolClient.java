package io.chittychat.bench.protocol;

import io.chittychat.bench.BenchException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one connection. It walks what the server sends, from length to length, and counts deliveries;
 * nothing is decoded that is not needed.
 *
 * <p>Threading: its connection's loop. Errors: {@link BenchException} for whatever the server says that is none of what
 * is expected.
 */
public abstract class ProtocolClient {

    private boolean ready;
    private long deliveries;
    private @Nullable TextListener listener;

    /** What is said first. */
    public abstract void begin(Output out);

    /**
     * Takes what is complete, beginning at the buffer's position; the rest is presented again when more has come.
     *
     * @param out for what has to be answered
     */
    public abstract void read(ByteBuffer in, Output out);

    /** Says something to all receivers. */
    public abstract void publish(Output out, byte[] text);

    /** Whether the server has agreed to all of {@link #begin}. */
    public final boolean isReady() {
        return ready;
    }

    /** How many texts have come. */
    public final long deliveries() {
        return deliveries;
    }

    /** Who is told of deliveries from now on; null for nobody, which is cheaper. */
    public final void listen(@Nullable TextListener newListener) {
        this.listener = newListener;
    }

    final void becomeReady() {
        ready = true;
    }

    final void delivered(ByteBuffer in, int textAt) {
        deliveries++;
        if (listener != null) {
            listener.delivered(in, textAt);
        }
    }

    static BenchException unexpected(ByteBuffer in, int from, int to) {
        StringBuilder said = new StringBuilder();
        for (int at = from; at < Math.min(to, from + 200); at++) {
            char octet = (char) (in.get(at) & 0xff);
            said.append(octet < ' ' || octet > '~' ? '.' : octet);
        }
        return new BenchException("the server said: " + said);
    }
}
