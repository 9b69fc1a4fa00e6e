package io.chittychat.server.bridge;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorDetailsProto;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Errors as the Connect protocol writes them: a code, a message, and details, which are also shown as JSON if their
 * type is one of {@code google.rpc}.
 */
final class ConnectError {

    private static final Map<String, Descriptor> SHOWN = ErrorDetailsProto.getDescriptor().getMessageTypes().stream()
            .collect(Collectors.toUnmodifiableMap(Descriptor::getFullName, Function.identity()));
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace();

    private ConnectError() {}

    static ObjectNode of(Status status, Metadata trailers) {
        ObjectNode error = object();
        error.put("code", code(status.getCode()));
        if (status.getDescription() != null) {
            error.put("message", status.getDescription());
        }
        List<Any> details = StatusProto.fromStatusAndTrailers(status, trailers).getDetailsList();
        if (!details.isEmpty()) {
            ArrayNode array = error.putArray("details");
            details.forEach(detail -> array.add(detail(detail)));
        }
        return error;
    }

    static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }

    private static String code(Status.Code code) {
        return code == Status.Code.CANCELLED ? "canceled" : code.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode detail(Any any) {
        String type = any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('/') + 1);
        ObjectNode detail = object();
        detail.put("type", type);
        detail.put(
                "value",
                Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(any.getValue().toByteArray()));
        Descriptor known = SHOWN.get(type);
        if (known != null) {
            try {
                detail.set("debug", shown(DynamicMessage.parseFrom(known, any.getValue())));
            } catch (InvalidProtocolBufferException e) {
                // the value says it, too
            }
        }
        return detail;
    }

    private static JsonNode shown(DynamicMessage detail) throws InvalidProtocolBufferException {
        return JsonMapper.shared().readTree(PRINTER.print(detail));
    }

    /** The HTTP status of a code, as the protocol's table has it. */
    static int httpStatus(Status.Code code) {
        return switch (code) {
            case OK -> 200;
            case CANCELLED -> 499;
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
            case DEADLINE_EXCEEDED -> 504;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, ABORTED -> 409;
            case PERMISSION_DENIED -> 403;
            case RESOURCE_EXHAUSTED -> 429;
            case UNIMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
            case UNAUTHENTICATED -> 401;
            case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
        };
    }
}
