package io.chittychat.bench.load;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.chittychat.v1.BroadcastResponse;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The number of events in a {@link BroadcastResponse}. Decoding all events would measure mostly the load generator.
 */
record EventCount(int events, boolean caughtUp) {

    /** Reads responses; they are never written. */
    static final Marshaller<EventCount> MARSHALLER = new Marshaller<>() {
        @Override
        public InputStream stream(EventCount count) {
            throw new UnsupportedOperationException("a participant receives responses and sends none");
        }

        @Override
        public EventCount parse(InputStream response) {
            try {
                return count(CodedInputStream.newInstance(response));
            } catch (IOException e) {
                throw new UncheckedIOException("a response that is no message", e);
            }
        }
    };

    static EventCount count(CodedInputStream response) throws IOException {
        int events = 0;
        boolean caughtUp = false;
        for (int tag = response.readTag(); tag != 0; tag = response.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            events += field == BroadcastResponse.EVENTS_FIELD_NUMBER ? 1 : 0;
            caughtUp |= field == BroadcastResponse.CAUGHT_UP_FIELD_NUMBER;
            response.skipField(tag);
        }
        return new EventCount(events, caughtUp);
    }
}
