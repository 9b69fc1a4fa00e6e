package io.chittychat.server.bridge;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.CaughtUp;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.PublishRequest;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Requests and answers as they are on the wire. */
class WireFormsTest {

    private static final Methods METHODS =
            new Methods(List.of(ChatServiceGrpc.bindService(new ChatServiceGrpc.AsyncService() {})));
    private static final StatusRuntimeException FAILURE =
            StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                    .setCode(Status.Code.UNAUTHENTICATED.value())
                    .setMessage("join 100 % \u00fc")
                    .addDetails(Any.pack(
                            ErrorInfo.newBuilder().setReason("SESSION_UNKNOWN").build()))
                    .build());

    private static Method method(String name) {
        return METHODS.find("/chittychat.v1.ChatService/" + name).orElseThrow();
    }

    private static Metadata trailers() {
        return Objects.requireNonNull(FAILURE.getTrailers());
    }

    private static Form form(String method, String contentType, String... header) {
        return Forms.of(request(contentType, header), method(method)).orElseThrow();
    }

    private static MockHttpServletRequest request(String contentType, String... header) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
        request.setContentType(contentType);
        for (int i = 0; i < header.length; i += 2) {
            request.addHeader(header[i], header[i + 1]);
        }
        return request;
    }

    private static Status.Code refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable what) {
        return catchThrowableOfType(RefusedException.class, what).status().getCode();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void methodsAreFoundByTheirPaths() {
        assertThat(METHODS.find("/chittychat.v1.ChatService/Join")).isPresent();
        assertThat(METHODS.find("/chittychat.v1.ChatService/join")).isEmpty();
        assertThat(METHODS.isOfService("/chittychat.v1.ChatService/nothing")).isTrue();
        assertThat(METHODS.isOfService("/chittychat.v1.ChatService")).isFalse();
        assertThat(METHODS.isOfService("/actuator/health")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Join, application/json; charset=utf-8, true",
        "Join, APPLICATION/PROTO, true",
        "Join, application/connect+json, false",
        "Join, application/grpc-web, true",
        "Join, application/grpc-web-text+proto, true",
        "Join, application/grpc, false",
        "Join, application/grpc-web+json, true",
        "Join, application/grpc-web-text+json, false",
        "Join, text/plain, false",
        "Join, , false",
        "Broadcast, application/json, false",
        "Broadcast, application/connect+proto, true",
        "PublishStream, application/proto, false"
    })
    void methodsHaveTheFormsOfTheirKind(String method, String contentType, boolean known) {
        assertThat(Forms.of(request(contentType), method(method)).isPresent()).isEqualTo(known);
    }

    @Test
    void linesAreForThoseWhoAskForThem() {
        assertThat(form("Broadcast", "application/json", "accept", "application/x-ndjson"))
                .isInstanceOf(JsonLines.class);
        assertThat(form("Join", "application/json", "accept", "application/x-ndjson"))
                .isInstanceOf(ConnectUnary.class);
    }

    @Test
    void envelopeHasOneUncompressedMessage() throws RefusedException {
        assertThat(Envelope.open(Envelope.of(0, bytes(7, 8)))).containsExactly(7, 8);
        assertThat(Envelope.open(bytes(0, 0, 0, 0, 0))).isEmpty();
        assertThat(refused(() -> Envelope.open(bytes()))).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(refused(() -> Envelope.open(bytes(0, 0, 0)))).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused(() -> Envelope.open(bytes(0, 0, 0, 0, 2, 1)))).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused(() -> Envelope.open(bytes(0, 0xff, 0xff, 0xff, 0xff, 1))))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused(() -> Envelope.open(bytes(0, 0, 0, 0, 0, 0)))).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 0x80, 0x81})
    void envelopeOfARequestHasNoFlags(int flags) {
        assertThat(refused(() -> Envelope.open(Envelope.of(flags, bytes(1))))).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void base64MayHavePaddingInside() throws RefusedException {
        byte[] text = (Base64.getEncoder().encodeToString(bytes(1))
                        + Base64.getEncoder().encodeToString(bytes(2, 3))
                        + Base64.getEncoder().encodeToString(bytes(4, 5, 6)))
                .getBytes(US_ASCII);
        assertThat(Base64Chunks.decode(text)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(Base64Chunks.decode(bytes())).isEmpty();
        assertThatThrownBy(() -> Base64Chunks.decode("AA?=".getBytes(US_ASCII))).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> Base64Chunks.decode("A".getBytes(US_ASCII))).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> Base64Chunks.decode("====AAAA".getBytes(US_ASCII)))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void messagesOfGrpcWebAreBinaryOrJson() throws Exception {
        byte[] binary = JoinRequest.newBuilder().setParticipantName("x").build().toByteArray();
        byte[] json = "{\"participantName\":\"x\"}".getBytes(US_ASCII);
        assertThat(form("Join", "application/grpc-web").request(Envelope.of(0, binary)))
                .isEqualTo(binary);
        assertThat(form("Join", "application/grpc-web+json").request(Envelope.of(0, json)))
                .isEqualTo(binary);
        byte[] response = JoinResponse.newBuilder().setEpoch("e").build().toByteArray();
        assertThat(form("Join", "application/grpc-web+json").response(response))
                .isEqualTo(Envelope.of(0, "{\"epoch\":\"e\"}".getBytes(US_ASCII)));
    }

    @Test
    void trailersOfGrpcWebAreTheLastEnvelope() throws RefusedException {
        Form.End end = form("Join", "application/grpc-web+proto").end(FAILURE.getStatus(), trailers());
        assertThat(end.httpStatus()).isEqualTo(200);
        assertThat(end.bytes()[0]).isEqualTo((byte) 0x80);
        String block = new String(end.bytes(), 5, end.bytes().length - 5, US_ASCII);
        assertThat(block)
                .startsWith("grpc-status: 16\r\ngrpc-message: join 100 %25 %C3%BC\r\n")
                .contains("\r\ngrpc-status-details-bin: ")
                .endsWith("\r\n");
        Form.End text = form("Join", "application/grpc-web-text").end(FAILURE.getStatus(), trailers());
        assertThat(Base64Chunks.decode(text.bytes())).isEqualTo(end.bytes());
    }

    @Test
    void errorsOfConnectHaveTheirDetails() {
        Form.End end = form("Join", "application/proto").end(FAILURE.getStatus(), trailers());
        assertThat(end.httpStatus()).isEqualTo(401);
        assertThat(end.contentType()).isEqualTo("application/json");
        assertThat(new String(end.bytes(), UTF_8))
                .startsWith("{\"code\":\"unauthenticated\",\"message\":\"join 100 % \u00fc\",\"details\":[{")
                .contains("\"type\":\"google.rpc.ErrorInfo\"", "\"debug\":{\"reason\":\"SESSION_UNKNOWN\"}")
                .doesNotContain("=");
        assertThat(new String(
                        form("Join", "application/json")
                                .end(Status.CANCELLED, new Metadata())
                                .bytes(),
                        UTF_8))
                .isEqualTo("{\"code\":\"canceled\"}");
    }

    @Test
    void streamsOfConnectEndWithAnEnvelopeOfTheirOwn() {
        Form form = form("Broadcast", "application/connect+proto");
        byte[] good = form.end(Status.OK, new Metadata()).bytes();
        assertThat(good).isEqualTo(Envelope.of(2, "{}".getBytes(UTF_8)));
        Form.End bad = form.end(FAILURE.getStatus(), trailers());
        assertThat(bad.httpStatus()).isEqualTo(200);
        assertThat(new String(bad.bytes(), 5, bad.bytes().length - 5, UTF_8))
                .startsWith("{\"error\":{\"code\":\"unauthenticated\"");
    }

    @Test
    void jsonIsThatOfProtobuf() throws Exception {
        Form form = form("Publish", "application/json");
        byte[] request = form.request(
                "{\"sessionToken\":\"t\",\"text\":\"\u00fc\",\"lamportTime\":\"5\",\"new\":{}}".getBytes(UTF_8));
        assertThat(PublishRequest.parseFrom(request))
                .isEqualTo(PublishRequest.newBuilder()
                        .setSessionToken("t")
                        .setText("\u00fc")
                        .setLamportTime(5)
                        .build());
        byte[] line = form("Broadcast", "application/json", "accept", "application/x-ndjson")
                .response(BroadcastResponse.newBuilder()
                        .setCaughtUp(CaughtUp.newBuilder().setLamportTime(7))
                        .build()
                        .toByteArray());
        assertThat(new String(line, UTF_8)).isEqualTo("{\"caughtUp\":{\"lamportTime\":\"7\"}}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "nothing", "{\"text\":\"\\ud83d\"}", "{\"lamportTime\":\"x\"}"})
    void malformedJsonIsRefused(String json) {
        assertThat(refused(() -> form("Publish", "application/json").request(json.getBytes(UTF_8))))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void deeplyNestedJsonIsRefused() {
        byte[] nested = new byte[60_000];
        Arrays.fill(nested, (byte) '[');
        byte[] json = ("{\"x\":" + new String(nested, US_ASCII)).getBytes(US_ASCII);
        assertThat(refused(() -> form("Publish", "application/json").request(json)))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused(() -> form("Publish", "application/json").request(bytes('{', '"', 0xff, '"', '}'))))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void timeoutsAreNumbersWithFewDigits() throws RefusedException {
        Form connect = form("Join", "application/json");
        assertThat(connect.timeout(request("application/json"))).isEmpty();
        assertThat(connect.timeout(request("application/json", "connect-timeout-ms", "9999999999")))
                .hasValue(9_999_999_999L * 1_000_000);
        for (String bad : new String[] {"", "-1", "+1", "1.5", "1s", "10000000000", "\u0661"}) {
            assertThat(refused(() -> connect.timeout(request("application/json", "connect-timeout-ms", bad))))
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        Form web = form("Join", "application/grpc-web");
        assertThat(web.timeout(request("application/grpc-web", "grpc-timeout", "150m")))
                .hasValue(150_000_000);
        assertThat(web.timeout(request("application/grpc-web", "grpc-timeout", "99999999H")))
                .hasValue(Long.MAX_VALUE);
        for (String bad : new String[] {"", "1", "m", "1x", "-1m", "123456789m"}) {
            assertThat(refused(() -> web.timeout(request("application/grpc-web", "grpc-timeout", bad))))
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Join, application/json, content-encoding, gzip, UNIMPLEMENTED",
        "Broadcast, application/connect+json, connect-content-encoding, gzip, UNIMPLEMENTED",
        "Join, application/grpc-web, grpc-encoding, gzip, UNIMPLEMENTED",
        "Join, application/json, connect-protocol-version, 2, INVALID_ARGUMENT"
    })
    void unknownEncodingsAndVersionsAreRefused(
            String method, String type, String header, String value, Status.Code code) {
        Form form = form(method, type);
        assertThat(refused(() -> form.check(request(type, header, value), method(method))))
                .isEqualTo(code);
    }

    @Test
    void everyCodeHasAnHttpStatus() {
        for (Status.Code code : Status.Code.values()) {
            assertThat(ConnectError.httpStatus(code)).isBetween(200, 599);
        }
    }
}
