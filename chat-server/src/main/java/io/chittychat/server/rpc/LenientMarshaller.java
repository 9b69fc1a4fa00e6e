package io.chittychat.server.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Reads requests, also ones whose strings are not UTF-8. Protobuf refuses such a message as a whole, which would end a
 * whole stream for one bad text. Here every byte that is not part of well-formed UTF-8 becomes the lone surrogate U+DC00
 * + byte, which no valid string has, so that the rules for the single fields can refuse it with a reason.
 *
 * <p>Bytes that are no message at all become {@link #malformed}, because gRPC turns whatever a marshaller throws into
 * UNKNOWN; {@link ServiceBinding} refuses it.
 *
 * @see <a href="https://peps.python.org/pep-0383/">PEP 383, surrogateescape</a>
 */
final class LenientMarshaller<T extends Message> implements Marshaller<T> {

    private final T prototype;
    private final T malformed;

    LenientMarshaller(T prototype) {
        this.prototype = prototype;
        this.malformed = cast(prototype.newBuilderForType().build()); // an instance that nobody else has
    }

    /** Whether a message stands for bytes that are no message. */
    boolean isMalformed(Object message) {
        return message == malformed;
    }

    @Override
    public InputStream stream(T message) {
        return message.toByteString().newInput();
    }

    @Override
    public T parse(InputStream stream) {
        byte[] bytes = readAll(stream);
        try {
            return cast(prototype.getParserForType().parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            return parseLeniently(bytes);
        }
    }

    private T parseLeniently(byte[] bytes) {
        try {
            UnknownFieldSet.Builder fields = UnknownFieldSet.parseFrom(bytes).toBuilder();
            Message.Builder message = prototype.newBuilderForType();
            for (FieldDescriptor field : prototype.getDescriptorForType().getFields()) {
                List<ByteString> values =
                        fields.build().getField(field.getNumber()).getLengthDelimitedList();
                if (field.getType() == FieldDescriptor.Type.STRING && !values.isEmpty()) {
                    message.setField(field, decode(values.get(values.size() - 1)));
                    fields.clearField(field.getNumber());
                }
            }
            return cast(message.mergeFrom(fields.build().toByteString()).build());
        } catch (InvalidProtocolBufferException e) {
            return malformed;
        }
    }

    private static String decode(ByteString bytes) {
        return bytes.isValidUtf8() ? bytes.toStringUtf8() : escape(bytes);
    }

    /** Only ASCII survives beside the escapes: the string is going to be refused, whatever else is in it. */
    private static String escape(ByteString bytes) {
        StringBuilder text = new StringBuilder(bytes.size());
        for (byte b : bytes) {
            text.append(b >= 0 ? (char) b : (char) (0xdc00 + (b & 0xff)));
        }
        return text.toString();
    }

    private static byte[] readAll(InputStream stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw Status.INTERNAL
                    .withDescription("the request cannot be read")
                    .withCause(e)
                    .asRuntimeException();
        }
    }

    @SuppressWarnings("unchecked") // the prototype's own parser and builder
    private T cast(Message message) {
        return (T) message;
    }
}
