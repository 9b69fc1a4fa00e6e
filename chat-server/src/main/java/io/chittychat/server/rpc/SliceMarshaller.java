package io.chittychat.server.rpc;

import io.chittychat.server.timeline.Slice;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes slices of the timeline as responses of Broadcast; their bytes are encoded already. */
final class SliceMarshaller implements Marshaller<Slice> {

    @Override
    public InputStream stream(Slice slice) {
        return new SliceStream(slice);
    }

    @Override
    public Slice parse(InputStream stream) {
        throw new UnsupportedOperationException("the service sends slices and receives none");
    }

    /** Lets gRPC copy the bytes only once, into the transport's buffer. */
    private static final class SliceStream extends ByteArrayInputStream implements KnownLength, Drainable {

        SliceStream(Slice slice) {
            super(slice.bytes(), slice.offset(), slice.length());
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
