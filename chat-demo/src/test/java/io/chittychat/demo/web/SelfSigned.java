package io.chittychat.demo.web;

import io.chittychat.process.Loopback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate for the loopback interface, made by the JDK's keytool.
 *
 * @param store the certificate and its key
 * @param pem the certificate, for clients
 */
public record SelfSigned(Path store, Path pem) {

    private static final String PASSWORD = "changeit";

    /** Makes one in a directory. */
    public static SelfSigned create(Path dir) throws IOException {
        Path store = dir.resolve("web.p12");
        Path pem = dir.resolve("web.pem");
        keytool("-genkeypair", store, "-keyalg", "EC", "-dname", "CN=web", "-ext", "san=ip:" + Loopback.HOST);
        keytool("-exportcert", store, "-rfc", "-file", pem.toString());
        return new SelfSigned(store, pem);
    }

    private static void keytool(String action, Path store, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), action));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-alias", "web"));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.Charset.defaultCharset());
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    /** The settings of a service that uses it at its HTTP port. */
    List<String> settings() {
        return settings("--server.ssl.bundle=web");
    }

    /** The settings of a service that uses it at its port for gRPC. */
    public List<String> grpcSettings() {
        return settings("--chitty.grpc.tls.bundle=web");
    }

    /** The settings of a service that uses it at its port for gRPC, and admits only clients that show it. */
    public List<String> mutual() {
        return settings(
                "--spring.ssl.bundle.jks.web.truststore.location=file:" + store,
                "--spring.ssl.bundle.jks.web.truststore.password=" + PASSWORD,
                "--chitty.grpc.tls.bundle=web",
                "--chitty.grpc.tls.client-auth=need",
                "--chitty.auth.mode=mtls");
    }

    private List<String> settings(String... uses) {
        List<String> settings = new ArrayList<>(List.of(
                "--spring.ssl.bundle.jks.web.keystore.location=file:" + store,
                "--spring.ssl.bundle.jks.web.keystore.password=" + PASSWORD));
        settings.addAll(List.of(uses));
        return settings;
    }
}
