package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.access.Authority;
import io.chittychat.server.access.Authority.Identity;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** TLS with client certificates, and the replacement of the service's certificate while it runs. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "chitty.store.durability=memory",
            "grpc.server.port=0",
            "chitty.auth.mode=mtls",
            "chitty.grpc.tls.bundle=chat",
            "chitty.grpc.tls.client-auth=need",
            "chitty.security.strict=true",
            "spring.ssl.bundle.pem.chat.reload-on-update=true",
            "spring.ssl.bundle.watch.file.quiet-period=100ms"
        })
@ExtendWith(OutputCaptureExtension.class)
@Import({GrpcPort.class, ContractConfiguration.class})
class TlsTest {

    private static final Authority SERVERS = new Authority("servers");
    private static final Authority OTHER_SERVERS = new Authority("other servers");
    private static final Authority PEOPLE = new Authority("people");
    private static final Path FILES =
            Path.of("target", "tls-" + ProcessHandle.current().pid());
    private static final Path CERTIFICATE = FILES.resolve("server.pem");
    private static final Path KEY = FILES.resolve("server.key");

    @DynamicPropertySource
    static void bundle(DynamicPropertyRegistry settings) throws IOException {
        Files.createDirectories(FILES);
        show(SERVERS.issue("CN=chat", "localhost"));
        Path people = Files.writeString(FILES.resolve("people.pem"), PEOPLE.certificatePem());
        settings.add("spring.ssl.bundle.pem.chat.keystore.certificate", () -> "file:" + CERTIFICATE);
        settings.add("spring.ssl.bundle.pem.chat.keystore.private-key", () -> "file:" + KEY);
        settings.add("spring.ssl.bundle.pem.chat.truststore.certificate", () -> "file:" + people);
    }

    /** Writes the certificate that the service is to use from now on. */
    private static void show(Identity identity) throws IOException {
        Files.writeString(CERTIFICATE, identity.certificatePem());
        Files.writeString(KEY, identity.keyPem());
    }

    @Autowired
    private GrpcPort port;

    @Autowired
    private ErrorConformance errors;

    private final List<ManagedChannel> channels = new ArrayList<>();

    @AfterEach
    void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        assertThat(errors.violations).isEmpty();
    }

    private ManagedChannel channel(ChannelCredentials credentials) {
        ManagedChannel channel = Grpc.newChannelBuilder("127.0.0.1:" + port.number(), credentials)
                .overrideAuthority("localhost")
                .build();
        channels.add(channel);
        return channel;
    }

    private ManagedChannel channel(Authority trusted, Identity own) {
        try {
            return channel(TlsChannelCredentials.newBuilder()
                    .trustManager(stream(trusted.certificatePem()))
                    .keyManager(stream(own.certificatePem()), stream(own.keyPem()))
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream stream(String pem) {
        return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    }

    private static Status.Code noConnection(ManagedChannel channel, String name) {
        StatusRuntimeException failure =
                catchThrowableOfType(StatusRuntimeException.class, () -> Participant.join(channel, name));
        assertThat(ErrorReason.of(failure)).isEmpty();
        return failure.getStatus().getCode();
    }

    @Test
    void certificateAllowsOnlyItsName() {
        ManagedChannel channel = channel(SERVERS, PEOPLE.issue("CN=alice"));

        assertThat(ChatContract.refused(() -> Participant.join(channel, "bob"))).isEqualTo(ErrorReason.NAME_NOT_YOURS);
        Participant alice = Participant.join(channel, "Alice");
        assertThat(alice.publish("Hello")).isPositive();
        alice.leave();
    }

    @Test
    void clientWithoutATrustedCertificateCannotConnect() throws IOException {
        ChannelCredentials withoutCertificate = TlsChannelCredentials.newBuilder()
                .trustManager(stream(SERVERS.certificatePem()))
                .build();

        assertThat(noConnection(channel(withoutCertificate), "alice")).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(noConnection(channel(SERVERS, SERVERS.issue("CN=alice")), "alice"))
                .isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(noConnection(channel(InsecureChannelCredentials.create()), "alice"))
                .isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void replacedCertificateIsUsedForNewConnectionsAndOldOnesGoOn() throws IOException {
        Identity carol = PEOPLE.issue("CN=carol");
        Participant before = Participant.join(channel(SERVERS, carol), "carol");
        Participant.Inbox inbox = before.listen().caughtUp();
        assertThat(noConnection(channel(OTHER_SERVERS, PEOPLE.issue("CN=dave")), "dave"))
                .isEqualTo(Status.Code.UNAVAILABLE);

        show(OTHER_SERVERS.issue("CN=chat", "localhost"));

        await().ignoreExceptionsInstanceOf(StatusRuntimeException.class)
                .untilAsserted(() -> assertThat(
                                Participant.join(channel(OTHER_SERVERS, PEOPLE.issue("CN=dave")), "dave")
                                        .publish("new"))
                        .isPositive());
        assertThat(noConnection(channel(SERVERS, carol), "carol")).isEqualTo(Status.Code.UNAVAILABLE);
        before.publish("old");
        await().until(() -> inbox.texts().contains("old") && inbox.texts().contains("new"));

        show(SERVERS.issue("CN=chat", "localhost"));
        await().ignoreExceptionsInstanceOf(StatusRuntimeException.class)
                .untilAsserted(() -> assertThat(ChatContract.refused(
                                () -> Participant.join(channel(SERVERS, PEOPLE.issue("CN=erin")), "dave")))
                        .isEqualTo(ErrorReason.NAME_NOT_YOURS));
        before.leave();
    }

    @Test
    void invalidReplacementCertificateChangesNothing(CapturedOutput output) throws IOException {
        String good = Files.readString(CERTIFICATE);
        Files.writeString(CERTIFICATE, "no certificate");
        await().until(() -> output.toString().contains("stay in use"));

        Participant.join(channel(SERVERS, PEOPLE.issue("CN=frank")), "frank").leave();
        Files.writeString(CERTIFICATE, good);
    }
}
