package io.chittychat.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.session.ChatException.Problem;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The program at the address is not a usable chat service: the join fails at once, with the reason. */
class NoServiceTest {

    private static final ServerCredentials PLAIN_SERVER = InsecureServerCredentials.create();
    private static final ChannelCredentials PLAIN = InsecureChannelCredentials.create();

    private @Nullable Server server;
    private @Nullable ManagedChannel channel;

    @AfterEach
    void stop() {
        if (channel != null) {
            channel.shutdownNow();
        }
        if (server != null) {
            server.shutdownNow();
        }
    }

    @Test
    void otherOrOlderServiceDoesNotKnowTheRequest() throws Exception {
        refuses(PLAIN_SERVER, PLAIN, Problem.NOT_SUPPORTED, "Method not found");
    }

    @Test
    void serviceWithoutTls() throws Exception {
        refuses(PLAIN_SERVER, trusting("localhost.pem"), Problem.UNREACHABLE, "it does not speak TLS");
    }

    @Test
    void serviceThatWantsTls() throws Exception {
        refuses(tlsServer(), PLAIN, Problem.UNREACHABLE, "perhaps it requires TLS");
    }

    @Test
    void serviceThatWantsAClientCertificate() throws Exception {
        ServerCredentials server;
        try (InputStream certificate = file("localhost.pem");
                InputStream key = file("localhost.key");
                InputStream trusted = file("localhost.pem")) {
            server = TlsServerCredentials.newBuilder()
                    .keyManager(certificate, key)
                    .trustManager(trusted)
                    .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                    .build();
        }
        refuses(server, trusting("localhost.pem"), Problem.UNREACHABLE, "it requires a client certificate");
    }

    @Test
    void certificateOfAStranger() throws Exception {
        refuses(tlsServer(), trusting("stranger.pem"), Problem.UNREACHABLE, "not signed by a trusted authority");
    }

    @Test
    void certificateThatIsTrustedButForAnotherName() throws Exception {
        refuses(tlsServer(), trusting("localhost.pem"), "elsewhere.example", Problem.UNREACHABLE, "is not valid: ");
    }

    private void refuses(ServerCredentials served, ChannelCredentials wanted, Problem problem, String why)
            throws IOException {
        refuses(served, wanted, "localhost", problem, why);
    }

    /** Waits less than the deadline of the retries. */
    private void refuses(
            ServerCredentials served, ChannelCredentials wanted, String authority, Problem problem, String why)
            throws IOException {
        Server started = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), served)
                .build()
                .start();
        server = started;
        channel = Grpc.newChannelBuilder("127.0.0.1:" + started.getPort(), wanted)
                .overrideAuthority(authority)
                .build();
        try (ChatSession session = ChatSession.builder(channel).build()) {
            assertThatThrownBy(() -> session.join("alice").get(4, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            ChatException.class, e -> assertThat(e.problem()).isEqualTo(problem))
                    .hasMessageContaining(why)
                    .extracting(Throwable::getMessage)
                    .satisfies(message -> assertThat(message).hasLineCount(1));
        }
    }

    private static ServerCredentials tlsServer() throws IOException {
        try (InputStream certificate = file("localhost.pem");
                InputStream key = file("localhost.key")) {
            return TlsServerCredentials.create(certificate, key);
        }
    }

    private static ChannelCredentials trusting(String certificate) throws IOException {
        try (InputStream trusted = file(certificate)) {
            return TlsChannelCredentials.newBuilder().trustManager(trusted).build();
        }
    }

    private static InputStream file(String name) throws IOException {
        InputStream found = NoServiceTest.class.getResourceAsStream("/tls/" + name);
        if (found == null) {
            throw new IOException(name + " is missing");
        }
        return found;
    }
}
