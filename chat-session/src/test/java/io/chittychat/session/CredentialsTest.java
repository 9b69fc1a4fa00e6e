package io.chittychat.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chittychat.error.ErrorReason;
import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service whose token changes. */
class CredentialsTest {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final FakeChatService service = new FakeChatService();
    private final RecordingListener heard = new RecordingListener();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile String wanted = "one";
    private volatile String token = "one";
    private InProcess grpc;
    private ChatSession session;

    private final class Doorkeeper implements ServerInterceptor {
        @Override
        public <Q, S> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
            String method = call.getMethodDescriptor().getBareMethodName();
            calls.add(method + " " + headers.get(AUTHORIZATION));
            if ("Join".equals(method) && !("Bearer " + wanted).equals(headers.get(AUTHORIZATION))) {
                StatusRuntimeException refusal = FakeChatService.error(ErrorReason.CREDENTIALS_INVALID);
                call.close(refusal.getStatus(), Objects.requireNonNull(refusal.getTrailers()));
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(call, headers);
        }
    }

    @BeforeEach
    void start() throws IOException {
        grpc = InProcess.start(service, new Doorkeeper());
        session = ChatSession.builder(grpc.channel())
                .listener(heard)
                .rejoin(true)
                .token(() -> token)
                .build();
    }

    @AfterEach
    void stop() {
        session.close();
        grpc.close();
    }

    @Test
    void tokenGoesWithJoinAndNothingElse() {
        session.join("alice").join();
        session.publish("Hello").join();

        await().until(() -> calls.contains("Broadcast null"));
        assertThat(calls).contains("Join Bearer one", "Publish null").doesNotContain("Publish Bearer one");
    }

    @Test
    void refusedCredentialsAreNotShownAgain() {
        token = "guessed";

        assertThatThrownBy(() -> session.join("alice").join())
                .cause()
                .isInstanceOfSatisfying(ChatException.class, e -> {
                    assertThat(e.problem()).isEqualTo(ChatException.Problem.REFUSED);
                    assertThat(e.reason()).contains(ErrorReason.CREDENTIALS_INVALID);
                });
        assertThat(calls).containsExactly("Join Bearer guessed");
    }

    @Test
    void joiningAgainShowsTheTokenThatIsValidNow() {
        session.join("alice").join();
        wanted = "two";
        token = "two";
        service.expire("alice");

        await().until(() -> !heard.rejoins.isEmpty());
        assertThat(calls).contains("Join Bearer two");
    }

    @Test
    void sessionThatIsNotLetInAgainEnds() {
        session.join("alice").join();
        wanted = "two";
        service.expire("alice");

        await().until(() -> !heard.ends.isEmpty());
        assertThat(heard.ends).containsExactly(SessionEnd.Reason.REFUSED);
    }

    @Test
    void tokenThatCannotBeReadIsSaid() {
        try (ChatSession without = ChatSession.builder(grpc.channel())
                .token(() -> {
                    throw new IllegalStateException("cannot read token.txt");
                })
                .build()) {
            assertThatThrownBy(() -> without.join("alice").join())
                    .cause()
                    .hasMessageContaining("cannot read token.txt");
        }
    }

    @Test
    void tokenIsNotSentWhereOthersCouldReadIt() {
        assertThat(sent(SecurityLevel.NONE, "192.0.2.1")).isFalse();
        assertThat(sent(SecurityLevel.INTEGRITY, "192.0.2.1")).isFalse();
        assertThat(sent(SecurityLevel.PRIVACY_AND_INTEGRITY, "192.0.2.1")).isTrue();
        assertThat(sent(SecurityLevel.NONE, "127.0.0.1")).isTrue();
    }

    private static boolean sent(SecurityLevel level, String service) {
        Applied applied = new Applied();
        new BearerToken(() -> "one").applyRequestMetadata(new ToService(level, service), Runnable::run, applied);
        return applied.headers != null;
    }

    private static final class Applied extends CallCredentials.MetadataApplier {
        private @Nullable Metadata headers;

        @Override
        public void apply(Metadata given) {
            headers = given;
        }

        @Override
        public void fail(Status status) {
            assertThat(status.getDescription()).contains("not encrypted");
        }
    }

    private static final class ToService extends CallCredentials.RequestInfo {
        private final SecurityLevel level;
        private final String address;

        ToService(SecurityLevel level, String address) {
            this.level = level;
            this.address = address;
        }

        @Override
        public MethodDescriptor<?, ?> getMethodDescriptor() {
            return io.chittychat.v1.ChatServiceGrpc.getJoinMethod();
        }

        @Override
        public SecurityLevel getSecurityLevel() {
            return level;
        }

        @Override
        public String getAuthority() {
            return "chat.example";
        }

        @Override
        public Attributes getTransportAttrs() {
            return Attributes.newBuilder()
                    .set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, new InetSocketAddress(address, 9090))
                    .build();
        }
    }
}
