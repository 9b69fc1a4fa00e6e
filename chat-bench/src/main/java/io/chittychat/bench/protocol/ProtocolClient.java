package io.chittychat.bench.protocol;

import io.chittychat.bench.BenchException;
import java.nio.ByteBuffer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one connection. It walks the bytes of the server from length to length, and counts deliveries; it decodes
 * only what it needs.
 *
 * <p>Threading: its connection's loop. Errors: {@link BenchException} for unexpected bytes of the server.
 */
public abstract class ProtocolClient {

    private boolean ready;
    private long deliveries;
    private @Nullable TextListener listener;
    private @Nullable IntConsumer acknowledgements;

    /** Sends the first bytes. */
    public abstract void begin(Output out);

    /**
     * Reads complete messages from the buffer's position; the rest is passed again with more bytes.
     *
     * @param out for replies
     */
    public abstract void read(ByteBuffer in, Output out);

    /** Sends a text to all receivers. */
    public abstract void publish(Output out, byte[] text);

    /** Whether the server has accepted everything that {@link #begin} sent. */
    public final boolean isReady() {
        return ready;
    }

    /** The number of received texts. */
    public final long deliveries() {
        return deliveries;
    }

    /** Sets the listener for deliveries; null for none, which is cheaper. */
    public final void listen(@Nullable TextListener newListener) {
        this.listener = newListener;
    }

    /** Sets the listener for the numbers of publishes that are acknowledged, in their order; null for none. */
    public final void listenToAcknowledgements(@Nullable IntConsumer newListener) {
        this.acknowledgements = newListener;
    }

    /** The server acknowledged some publishes: the next ones in the order in which they were sent. */
    final void acknowledged(int publishes) {
        if (acknowledgements != null) {
            acknowledgements.accept(publishes);
        }
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
        return new BenchException("unexpected bytes of the server: " + said);
    }
}
