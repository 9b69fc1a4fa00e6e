package io.chittychat.server.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Collection;
import java.util.List;

/**
 * JSON as protobuf maps it. Unknown fields are ignored, so that an old service understands new clients.
 *
 * @param request the type of requests
 * @param response the type of responses
 * @see <a href="https://protobuf.dev/programming-guides/json/">ProtoJSON</a>
 */
record JsonCodec(Descriptor request, Descriptor response) implements Codec {

    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace();

    @Override
    public byte[] decode(byte[] json) throws RefusedException {
        if (json.length == 0) {
            throw RefusedException.invalid("the request is empty; the smallest JSON request is {}");
        }
        DynamicMessage.Builder message = DynamicMessage.newBuilder(request);
        try {
            PARSER.merge(UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString(), message);
        } catch (CharacterCodingException e) {
            throw RefusedException.invalid("the request is not UTF-8");
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw RefusedException.invalid(
                    "the request is not valid JSON for " + request.getFullName() + ": " + e.getMessage());
        }
        DynamicMessage built = message.build();
        if (!isUnicode(built)) {
            throw RefusedException.invalid("the request has half of a surrogate pair, which is not Unicode text");
        }
        return built.toByteArray();
    }

    /** Otherwise the binary encoding would replace such characters by question marks. */
    private static boolean isUnicode(Message message) {
        return message.getAllFields().entrySet().stream()
                .allMatch(field -> isUnicode(field.getKey(), field.getValue()));
    }

    private static boolean isUnicode(FieldDescriptor field, Object value) {
        Collection<?> values = value instanceof List<?> list ? list : List.of(value);
        return switch (field.getJavaType()) {
            case STRING -> values.stream().allMatch(text -> UTF_8.newEncoder().canEncode((String) text));
            case MESSAGE -> values.stream().allMatch(nested -> isUnicode((Message) nested));
            default -> true;
        };
    }

    @Override
    public byte[] encode(byte[] binary) {
        try {
            return PRINTER.print(DynamicMessage.parseFrom(response, binary)).getBytes(UTF_8);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the service sent a malformed " + response.getFullName(), e);
        }
    }
}
