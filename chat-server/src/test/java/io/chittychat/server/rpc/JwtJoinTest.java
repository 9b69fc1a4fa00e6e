package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.error.ErrorReason;
import io.chittychat.server.access.Jwts;
import io.chittychat.server.config.ChatSlice;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.LeaveRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Joins with a JWT, under its name. {@code JwtNamesTest} tests which JWTs are valid. */
@ChatSlice
@TestPropertySource(properties = {"chitty.auth.mode=jwt", "chitty.auth.jwt.audience=" + Jwts.AUDIENCE})
@Import(ContractConfiguration.class)
class JwtJoinTest {

    private static final Jwts ISSUER = new Jwts();

    @Autowired
    private ManagedChannel channel;

    @DynamicPropertySource
    static void key(DynamicPropertyRegistry settings) throws IOException {
        Path key = Path.of("target", "jwt-" + ProcessHandle.current().pid() + ".pem");
        Files.writeString(key, ISSUER.publicKeyPem());
        settings.add("chitty.auth.jwt.public-key-file", key::toString);
    }

    @Autowired
    private ErrorConformance errors;

    private JoinResponse join(String authorization, String name) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
        return ChatServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .join(JoinRequest.newBuilder().setParticipantName(name).build());
    }

    @Test
    void tokenAllowsOnlyItsName() {
        String token = ISSUER.valid("alice");
        assertThat(ChatContract.refused(() -> join("Bearer " + token, "bob"))).isEqualTo(ErrorReason.NAME_NOT_YOURS);
        assertThat(ChatContract.refused(() -> join("Bearer " + token, ""))).isEqualTo(ErrorReason.NAME_NOT_YOURS);

        JoinResponse alice = join("bearer " + token, "alice");
        assertThat(ChatServiceGrpc.newBlockingStub(channel)
                        .leave(LeaveRequest.newBuilder()
                                .setSessionToken(alice.getSessionToken())
                                .build())
                        .getLamportTime())
                .isPositive();
        assertThat(errors.violations).isEmpty();
    }

    @Test
    void invalidTokensAreRefused() {
        String unsigned = Jwts.unsigned(Jwts.claims("alice").build());
        for (String authorization : new String[] {"Bearer " + unsigned, "Bearer", "Basic YTpi", ""}) {
            assertThat(ChatContract.refused(() -> join(authorization, "alice")))
                    .isEqualTo(ErrorReason.CREDENTIALS_INVALID);
        }
        assertThat(errors.violations).isEmpty();
    }
}
