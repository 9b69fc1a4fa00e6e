package io.chittychat.server.bridge;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a response once for all readers of a stream that get the same one, each shortly after another. It keeps the newest
 * responses with their encoding; readers must not change what they get.
 *
 * <p>Threading: any thread.
 */
final class SharedCodec implements Codec {

    private static final int KEPT = 4; // readers that are not equally fast get different responses at the same time
    private static final int LARGEST = 64 * 1024; // bytes of a response that is kept

    private final Codec codec;
    private final @Nullable Encoded[] newest = new Encoded[KEPT]; // guarded by this
    private int next; // the place of the next one; guarded by this

    private record Encoded(byte[] response, byte[] onTheWire) {}

    /** @param codec gives the same encoding each time */
    SharedCodec(Codec codec) {
        this.codec = codec;
    }

    @Override
    public byte[] decode(byte[] request) throws RefusedException {
        return codec.decode(request);
    }

    @Override
    public byte[] encode(byte[] response) {
        byte[] known = find(response);
        if (known != null) {
            return known;
        }
        byte[] encoded = codec.encode(response);
        if (response.length <= LARGEST) {
            keep(new Encoded(response, encoded));
        }
        return encoded;
    }

    private synchronized byte @Nullable [] find(byte[] response) {
        for (Encoded one : newest) {
            if (one != null && Arrays.equals(one.response(), response)) {
                return one.onTheWire();
            }
        }
        return null;
    }

    private synchronized void keep(Encoded one) {
        newest[next] = one;
        next = (next + 1) % KEPT;
    }
}
