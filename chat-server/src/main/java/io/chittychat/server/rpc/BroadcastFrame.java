package io.chittychat.server.rpc;

import io.chittychat.server.timeline.Slice;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.CaughtUp;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A {@link BroadcastResponse} that is encoded already: a place in a byte array that many readers share.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record BroadcastFrame(byte[] bytes, int offset, int length) {

    /** Writes frames; they are never read. */
    static final Marshaller<BroadcastFrame> MARSHALLER = new Marshaller<>() {
        @Override
        public InputStream stream(BroadcastFrame frame) {
            return new FrameStream(frame);
        }

        @Override
        public BroadcastFrame parse(InputStream stream) {
            throw new UnsupportedOperationException("the service sends frames and receives none");
        }
    };

    static BroadcastFrame of(Slice slice) {
        return new BroadcastFrame(slice.bytes(), slice.offset(), slice.length());
    }

    static BroadcastFrame caughtUp(long lamportTime) {
        byte[] bytes = BroadcastResponse.newBuilder()
                .setCaughtUp(CaughtUp.newBuilder().setLamportTime(lamportTime))
                .build()
                .toByteArray();
        return new BroadcastFrame(bytes, 0, bytes.length);
    }

    /** Lets the transport copy the bytes once, straight into its buffer. */
    private static final class FrameStream extends ByteArrayInputStream implements KnownLength, Drainable {

        FrameStream(BroadcastFrame frame) {
            super(frame.bytes(), frame.offset(), frame.length());
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            int length = available();
            target.write(buf, pos, length);
            pos = count;
            return length;
        }
    }
}
