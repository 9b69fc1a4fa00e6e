package io.chittychat.server.bridge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the form of a request by its content type. */
final class Forms {

    private static final List<String> UNARY = List.of(ConnectUnary.JSON, ConnectUnary.BINARY);
    private static final List<String> STREAM = List.of(ConnectStream.JSON, ConnectStream.BINARY);
    private static final List<String> WEB = List.of(
            GrpcWeb.BINARY, GrpcWeb.BINARY + "+proto", GrpcWeb.BINARY + "+json", GrpcWeb.TEXT, GrpcWeb.TEXT + "+proto");

    private Forms() {}

    /** The form of a request; empty if its content type is none that the method can have. */
    static Optional<Form> of(HttpServletRequest request, Method method) {
        String type = mediaType(request.getContentType());
        boolean oneByOne = method.isUnary();
        return switch (type) {
            case ConnectUnary.JSON ->
                oneByOne
                        ? Optional.of(new ConnectUnary(type, method.json()))
                        : acceptsLines(request) ? Optional.of(new JsonLines(method.json())) : Optional.empty();
            case ConnectUnary.BINARY -> oneByOne ? Optional.of(new ConnectUnary(type, Codec.BINARY)) : Optional.empty();
            case ConnectStream.JSON ->
                oneByOne ? Optional.empty() : Optional.of(new ConnectStream(type, method.json()));
            case ConnectStream.BINARY ->
                oneByOne ? Optional.empty() : Optional.of(new ConnectStream(type, Codec.BINARY));
            default -> WEB.contains(type) ? Optional.of(GrpcWeb.of(type, method.json())) : Optional.empty();
        };
    }

    /** The form in which an unknown method is refused; empty if the content type is unknown, too. */
    static Optional<Form> ofUnknown(HttpServletRequest request) {
        String type = mediaType(request.getContentType());
        if (UNARY.contains(type)) {
            return Optional.of(new ConnectUnary(type, Codec.BINARY));
        }
        if (STREAM.contains(type)) {
            return Optional.of(new ConnectStream(type, Codec.BINARY));
        }
        return WEB.contains(type) ? Optional.of(GrpcWeb.of(type, Codec.BINARY)) : Optional.empty();
    }

    /** The content types of requests of a method, for a client that used another one. */
    static String accepted(Optional<Method> method) {
        boolean isUnary = method.map(Method::isUnary).orElse(true);
        return String.join(", ", isUnary ? UNARY : STREAM) + ", " + String.join(", ", WEB);
    }

    private static boolean acceptsLines(HttpServletRequest request) {
        String accept = request.getHeader("accept");
        return accept != null && accept.toLowerCase(Locale.ROOT).contains(JsonLines.TYPE);
    }

    /** A media type without its parameters, such as the charset of JSON, which is UTF-8 anyway. */
    private static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().toLowerCase(Locale.ROOT);
    }
}
