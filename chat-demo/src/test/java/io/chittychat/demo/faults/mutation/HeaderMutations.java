package io.chittychat.demo.faults.mutation;

import io.chittychat.demo.faults.http2.HeaderBlock;
import java.util.List;

/** Changes of a call's headers. */
final class HeaderMutations {

    private static final List<String> TIMEOUTS = List.of(
            "1n",
            "0S",
            "1S",
            "99999999H",
            "100000000H",
            "999999999999999999999S",
            "-1S",
            "S",
            "1",
            "",
            "1x",
            "1 S",
            "0x1S",
            "1.5S",
            "\u00b2S");
    private static final List<String> CONTENT_TYPES = List.of(
            "",
            "text/html",
            "application/json",
            "application/grpc+proto",
            "application/grpc+json",
            "application/grpcx",
            "APPLICATION/GRPC",
            "application/grpc;charset=utf-8",
            "a".repeat(5000));
    private static final List<String> METHODS = List.of("GET", "PUT", "CONNECT", "post", "", "PRI");
    private static final List<String> PATHS = List.of(
            "",
            "/",
            "*",
            "//",
            "Join",
            "/chittychat.v1.ChatService/",
            "/chittychat.v1.ChatService/join",
            "/chittychat.v1.ChatService/Join/",
            "/chittychat.v1.ChatService/Join?x=y",
            "/chittychat.v1.ChatService/%4aoin",
            "/grpc.health.v1.Health/NoSuchMethod",
            "/../../etc/passwd",
            "/" + "a".repeat(5000));
    private static final List<String> ENCODINGS =
            List.of("gzip", "identity", "deflate", "zstd", "", "gzip,gzip", "x".repeat(5000));
    private static final List<String> ODD_VALUES =
            List.of("", "\u0000", "\u00ff\u00fe", " x ", "a\r\nb: c", "x".repeat(7000), "x".repeat(17_000));
    private static final List<String> ODD_NAMES = List.of(
            "x",
            "",
            "X-Upper",
            "connection",
            "transfer-encoding",
            "host",
            "user-agent",
            "grpc-status",
            "grpc-message",
            "authorization",
            "traceparent",
            "grpc-trace-bin",
            "grpc-tags-bin",
            "x-bin",
            "x y",
            "x\u0000",
            ":status",
            ":path",
            ":unknown",
            "cookie",
            "content-length",
            "grpc-accept-encoding",
            "grpc-previous-rpc-attempts",
            "te");

    private HeaderMutations() {}

    static List<Mutation<HeaderBlock>> all() {
        return List.of(
                new Mutation<>(
                        "a timeout", (headers, random) -> headers.add("grpc-timeout", Mutation.pick(TIMEOUTS, random))),
                new Mutation<>(
                        "another content type",
                        (headers, random) -> headers.set("content-type", Mutation.pick(CONTENT_TYPES, random))),
                new Mutation<>(
                        "another HTTP method",
                        (headers, random) -> headers.set(":method", Mutation.pick(METHODS, random))),
                new Mutation<>("another path", (headers, random) -> headers.set(":path", Mutation.pick(PATHS, random))),
                new Mutation<>(
                        "an encoding",
                        (headers, random) -> headers.add("grpc-encoding", Mutation.pick(ENCODINGS, random))),
                new Mutation<>(
                        "a header left out",
                        (headers, random) -> headers.without(
                                Mutation.pick(headers.headers(), random).name())),
                new Mutation<>("another te", (headers, random) -> headers.set("te", Mutation.pick(ODD_VALUES, random))),
                new Mutation<>(
                        "another authority",
                        (headers, random) -> headers.set(":authority", Mutation.pick(ODD_VALUES, random))),
                new Mutation<>(
                        "an odd header",
                        (headers, random) ->
                                headers.add(Mutation.pick(ODD_NAMES, random), Mutation.pick(ODD_VALUES, random))),
                new Mutation<>("a header twice", (headers, random) -> {
                    HeaderBlock.Header header = Mutation.pick(headers.headers(), random);
                    return headers.add(header.name(), header.value());
                }));
    }
}
