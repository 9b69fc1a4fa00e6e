package io.chittychat.bench.protocol;

import java.nio.ByteBuffer;

/** Is told of every delivery. */
public interface TextListener {

    /** Somebody's text begins there; the buffer's position and content are not to be changed. */
    void delivered(ByteBuffer in, int at);
}
