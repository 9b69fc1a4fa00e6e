package io.chittychat.bench.protocol;

import java.nio.ByteBuffer;

/** Receives every delivery. */
public interface TextListener {

    /** A text begins at a place; the listener must not change the buffer. */
    void delivered(ByteBuffer in, int at);
}
