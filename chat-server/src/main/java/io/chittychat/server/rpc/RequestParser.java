package io.chittychat.server.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.WireFormat;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses requests, including requests with strings that are not UTF-8. Protobuf's own parser refuses such a message as
 * a whole, so that one bad text would end a stream. This parser replaces every byte of such a string that is not ASCII
 * by the lone surrogate U+DC00 + byte. No well-formed string contains one, so the checks of the fields refuse the
 * string and name the field.
 *
 * <p>It is not a {@link Marshaller}, because gRPC answers an exception of a marshaller with UNKNOWN and logs its stack
 * trace, and parses every message of a stream, even after the call was refused. Unknown fields are dropped: in memory
 * they would take many times their encoded size.
 *
 * <p>Threading: any thread.
 *
 * @see <a href="https://peps.python.org/pep-0383/">PEP 383, surrogateescape</a>
 */
final class RequestParser<T> {

    // These are errors of the transport: they carry no reason of the contract's table.
    static final Status MALFORMED =
            Status.INVALID_ARGUMENT.withDescription("the request is not a valid protobuf message");

    static final Status BROKEN = Status.INVALID_ARGUMENT.withDescription("the request cannot be decompressed");
    static final Status TOO_LARGE = Status.RESOURCE_EXHAUSTED.withDescription("the decompressed request is too large");

    /** How much of a string that is not UTF-8 is kept, in bytes; more than any field allows. */
    private static final int MAX_ESCAPED = 1024;

    private static final char NOT_UTF8 = '\udc00'; // plus the byte's value

    private final Message prototype;
    private final Parser<? extends Message> parser;

    /**
     * @param generated the marshaller of the generated code
     * @throws IllegalArgumentException if it does not marshal protobuf messages
     */
    RequestParser(Marshaller<T> generated) {
        if (!(generated instanceof PrototypeMarshaller<T> known
                && known.getMessagePrototype() instanceof Message message)) {
            throw new IllegalArgumentException("not a marshaller of protobuf messages: " + generated);
        }
        this.prototype = message;
        this.parser = DiscardUnknownFieldsParser.wrap(message.getParserForType());
    }

    /** A request cannot be parsed. The exception has no stack trace, because a caller can cause many of them. */
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Status status;

        UnreadableException(Status status) {
            super(status.getDescription(), null, false, false);
            this.status = status;
        }

        /** The status that the call ends with. */
        Status status() {
            return status;
        }
    }

    /**
     * Parses a request.
     *
     * @throws UnreadableException if it cannot be decompressed, or is not a valid message
     */
    T parse(InputStream stream) throws UnreadableException {
        byte[] bytes;
        try {
            bytes = readAll(stream);
        } catch (IOException e) {
            throw new UnreadableException(BROKEN);
        } catch (StatusRuntimeException e) { // gRPC throws it while it decompresses
            throw new UnreadableException(
                    e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED ? TOO_LARGE : BROKEN);
        }
        try {
            return cast(parser.parseFrom(bytes));
        } catch (IOException e) {
            return parseLeniently(bytes);
        }
    }

    /** Reads the whole request; the length is known unless the request is compressed. */
    private static byte[] readAll(InputStream stream) throws IOException {
        try (stream) {
            return stream instanceof KnownLength ? stream.readNBytes(stream.available()) : stream.readAllBytes();
        }
    }

    /** Takes the string fields out, decodes them leniently, and parses the rest of the message strictly. */
    private T parseLeniently(byte[] bytes) throws UnreadableException {
        Map<FieldDescriptor, ByteString> strings = new HashMap<>(); // the last value of each field, as in protobuf
        ByteString.Output rest = ByteString.newOutput();
        try {
            CodedInputStream input = CodedInputStream.newInstance(bytes);
            CodedOutputStream output = CodedOutputStream.newInstance(rest);
            for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
                FieldDescriptor field =
                        prototype.getDescriptorForType().findFieldByNumber(WireFormat.getTagFieldNumber(tag));
                if (isString(field, tag)) {
                    strings.put(field, input.readBytes());
                } else {
                    input.skipField(tag, output);
                }
            }
            output.flush();
            Message.Builder message = parser.parseFrom(rest.toByteString()).toBuilder();
            strings.forEach((field, value) -> message.setField(field, decode(value)));
            return cast(message.build());
        } catch (IOException e) {
            throw new UnreadableException(MALFORMED);
        }
    }

    private static boolean isString(@Nullable FieldDescriptor field, int tag) {
        return field != null
                && field.getType() == FieldDescriptor.Type.STRING
                && !field.isRepeated()
                && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    private static String decode(ByteString bytes) {
        return bytes.isValidUtf8() ? bytes.toStringUtf8() : escape(bytes);
    }

    /** Keeps ASCII, escapes all other bytes, and cuts a long string: it will be refused anyway. */
    private static String escape(ByteString bytes) {
        int end = Math.min(bytes.size(), MAX_ESCAPED);
        StringBuilder text = new StringBuilder(end + 1);
        for (int i = 0; i < end; i++) {
            byte b = bytes.byteAt(i);
            text.append((char) (b >= 0 ? b : NOT_UTF8 + (b & 0xff)));
        }
        return end < bytes.size() ? text.append(NOT_UTF8).toString() : text.toString();
    }

    @SuppressWarnings("unchecked") // built by the prototype's own parser and builder
    private T cast(Message message) {
        return (T) message;
    }
}
