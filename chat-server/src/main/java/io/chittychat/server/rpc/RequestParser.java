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
 * Reads requests, also ones whose strings are not UTF-8. Protobuf refuses such a message as a whole, which would end a
 * whole stream for one bad text. Here every byte that is not part of well-formed UTF-8 becomes the lone surrogate U+DC00
 * + byte, which no valid string has, so that the rules for the single fields can refuse it with a reason.
 *
 * <p>It is no marshaller, because gRPC turns whatever a marshaller throws into UNKNOWN and a stack trace, and has every
 * message of a stream parsed, also after the call was refused. Fields that the contract does not have are dropped: kept,
 * they would take many times their size.
 *
 * <p>Threading: any thread.
 *
 * @see <a href="https://peps.python.org/pep-0383/">PEP 383, surrogateescape</a>
 */
final class RequestParser<T> {

    /** What is refused with an error of the transport, not of the contract's table. */
    static final Status MALFORMED = Status.INVALID_ARGUMENT.withDescription("the request is no protobuf message");

    static final Status BROKEN = Status.INVALID_ARGUMENT.withDescription("the request cannot be decompressed");
    static final Status TOO_LARGE = Status.RESOURCE_EXHAUSTED.withDescription("the decompressed request is too large");

    /** How much is kept of a string that is not UTF-8, in bytes: it is too long then for any field. */
    private static final int MAX_ESCAPED = 1024;

    private static final char NOT_UTF8 = '\udc00'; // + byte

    private final Message prototype;
    private final Parser<? extends Message> parser;

    /**
     * @param generated the marshaller of the generated code
     * @throws IllegalArgumentException if it is not one of protobuf messages
     */
    RequestParser(Marshaller<T> generated) {
        if (!(generated instanceof PrototypeMarshaller<T> known
                && known.getMessagePrototype() instanceof Message message)) {
            throw new IllegalArgumentException("no marshaller of protobuf messages: " + generated);
        }
        this.prototype = message;
        this.parser = DiscardUnknownFieldsParser.wrap(message.getParserForType());
    }

    /** A request that cannot be read. It has no stack trace: a caller can send many of them. */
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Status status;

        UnreadableException(Status status) {
            super(status.getDescription(), null, false, false);
            this.status = status;
        }

        /** What the call ends with. */
        Status status() {
            return status;
        }
    }

    /**
     * Reads a request.
     *
     * @throws UnreadableException if it cannot be decompressed, or is no message
     */
    T parse(InputStream stream) throws UnreadableException {
        byte[] bytes;
        try {
            bytes = readAll(stream);
        } catch (IOException e) {
            throw new UnreadableException(BROKEN);
        } catch (StatusRuntimeException e) { // the transport's, while it decompresses
            throw new UnreadableException(
                    e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED ? TOO_LARGE : BROKEN);
        }
        try {
            return cast(parser.parseFrom(bytes));
        } catch (IOException e) {
            return parseLeniently(bytes);
        }
    }

    /** Takes as many bytes as there are, if that is known: it is, unless they are compressed. */
    private static byte[] readAll(InputStream stream) throws IOException {
        try (stream) {
            return stream instanceof KnownLength ? stream.readNBytes(stream.available()) : stream.readAllBytes();
        }
    }

    /** Sets the strings apart, which may be anything; what is left has to be a message. */
    private T parseLeniently(byte[] bytes) throws UnreadableException {
        Map<FieldDescriptor, ByteString> strings = new HashMap<>(); // the last of each
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

    /** Only ASCII survives beside the escapes, and only the beginning: the string is going to be refused. */
    private static String escape(ByteString bytes) {
        int end = Math.min(bytes.size(), MAX_ESCAPED);
        StringBuilder text = new StringBuilder(end + 1);
        for (int i = 0; i < end; i++) {
            byte b = bytes.byteAt(i);
            text.append((char) (b >= 0 ? b : NOT_UTF8 + (b & 0xff)));
        }
        return end < bytes.size() ? text.append(NOT_UTF8).toString() : text.toString();
    }

    @SuppressWarnings("unchecked") // the prototype's own parser and builder
    private T cast(Message message) {
        return (T) message;
    }
}
