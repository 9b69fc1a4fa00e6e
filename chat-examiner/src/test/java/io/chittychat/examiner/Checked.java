package io.chittychat.examiner;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What {@code chitty check} says of a service. */
record Checked(int exitCode, String out, String err) {

    /** Starts a service that describes itself, examines it, and ends it. */
    static Checked service(BindableService service, String... options) throws IOException {
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(service)
                .addService(ProtoReflectionServiceV1.newInstance())
                .build()
                .start();
        try {
            return address("127.0.0.1:" + server.getPort(), options);
        } finally {
            server.shutdownNow();
        }
    }

    static Checked address(String address, String... options) {
        List<String> arguments = new ArrayList<>(List.of(address));
        arguments.addAll(List.of(options));
        return arguments(arguments);
    }

    static Checked arguments(List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode =
                CheckCommand.run(arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        return new Checked(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** A mapping of these tests. */
    static String mapping(String name) {
        URL file = Objects.requireNonNull(Checked.class.getResource("/mappings/" + name + ".yml"));
        try {
            return Path.of(file.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The row of a requirement in the table. */
    String row(String label) {
        return out.lines()
                .filter(line -> line.startsWith("  " + label + " "))
                .findFirst()
                .orElse("no row of " + label + " in: " + out + err);
    }
}
