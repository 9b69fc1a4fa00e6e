package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.error.ErrorReason;
import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.Event;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.ListParticipantsRequest;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.SearchEventsRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Invalid requests, which are refused without an effect on other participants. */
interface RefusalContract extends ContractFixture {

    @Test
    default void callsWithAnInvalidTokenAreRefused() {
        for (String token : List.of("", "wrong", "\u0000", "x".repeat(5000))) {
            var calls = Participant.calls(channel());
            assertThat(List.of(
                            ChatContract.refused(() -> calls.publish(PublishRequest.newBuilder()
                                    .setSessionToken(token)
                                    .setText("hi")
                                    .build())),
                            ChatContract.refused(() -> calls.leave(LeaveRequest.newBuilder()
                                    .setSessionToken(token)
                                    .build())),
                            ChatContract.refused(() -> calls.listEvents(ListEventsRequest.newBuilder()
                                    .setSessionToken(token)
                                    .build())),
                            ChatContract.refused(() -> calls.searchEvents(SearchEventsRequest.newBuilder()
                                    .setSessionToken(token)
                                    .setQuery("hi")
                                    .build())),
                            ChatContract.refused(() -> calls.listParticipants(ListParticipantsRequest.newBuilder()
                                    .setSessionToken(token)
                                    .build())),
                            ChatContract.refused(() -> calls.broadcast(BroadcastRequest.newBuilder()
                                            .setSessionToken(token)
                                            .build())
                                    .next())))
                    .containsOnly(ErrorReason.SESSION_UNKNOWN);
        }
    }

    @Test
    default void timesTooFarAheadAreRefused() {
        Participant alice = join();
        for (long time : new long[] {alice.session.getLamportTime() + (1 << 21), Long.MAX_VALUE, -1L}) {
            assertThat(List.of(
                            ChatContract.refused(() -> alice.calls()
                                    .publish(alice.message("hi")
                                            .setLamportTime(time)
                                            .build())),
                            ChatContract.refused(() -> alice.calls()
                                    .leave(LeaveRequest.newBuilder()
                                            .setSessionToken(alice.token())
                                            .setLamportTime(time)
                                            .build())),
                            ChatContract.refused(() -> alice.calls()
                                    .broadcast(alice.reading(0)
                                            .setLamportTime(time)
                                            .build())
                                    .next()),
                            ChatContract.refused(() -> Participant.calls(channel())
                                    .join(JoinRequest.newBuilder()
                                            .setParticipantName(ChatContract.name())
                                            .setLamportTime(time)
                                            .build()))))
                    .containsOnly(ErrorReason.LAMPORT_TIME_TOO_FAR_AHEAD);
        }
        assertThat(alice.publish("unharmed")).isEqualTo(alice.session.getLamportTime() + 1);
    }

    @Test
    default void textLimitCountsCodePoints() {
        Participant alice = join();
        for (String unit : List.of("a", "é", "e\u0301", "😀", "漢")) {
            int points = unit.codePointCount(0, unit.length());
            String longest = unit.repeat(128 / points);
            alice.publish(longest);
            assertThat(ChatContract.refused(() -> alice.publish(longest + "a"))).isEqualTo(ErrorReason.TEXT_TOO_LONG);
            assertThat(alice.history(alice.session.getLamportTime()))
                    .extracting(Event::getText)
                    .contains(longest);
        }
        assertThat(ChatContract.refused(() -> alice.publish(" \t\u3000\u2028"))).isEqualTo(ErrorReason.TEXT_BLANK);
        alice.publish("\u001b[31mcontrol characters are legal\n");
    }

    @Test
    default void everyStringHasAMaximumLength() {
        Participant alice = join();
        String far = "a".repeat(100_000);
        assertThat(ChatContract.refused(() -> join(far, ""))).isEqualTo(ErrorReason.NAME_INVALID);
        assertThat(ChatContract.refused(() -> alice.publish(far))).isEqualTo(ErrorReason.TEXT_TOO_LONG);
        assertThat(ChatContract.refused(() -> alice.calls()
                        .searchEvents(SearchEventsRequest.newBuilder()
                                .setSessionToken(alice.token())
                                .setQuery(far)
                                .build())))
                .isEqualTo(ErrorReason.TEXT_TOO_LONG);
        assertThat(ChatContract.refused(() -> alice.calls()
                        .listParticipants(ListParticipantsRequest.newBuilder()
                                .setSessionToken(alice.token())
                                .setPageToken(far)
                                .build())))
                .isEqualTo(ErrorReason.PAGE_TOKEN_INVALID);
        assertThat(ChatContract.refused(() -> alice.calls()
                        .broadcast(alice.reading(0).setEpoch(far).build())
                        .next()))
                .isEqualTo(ErrorReason.EPOCH_CHANGED);
        assertThat(ChatContract.refused(() -> alice.calls()
                        .leave(LeaveRequest.newBuilder().setSessionToken(far).build())))
                .isEqualTo(ErrorReason.SESSION_UNKNOWN);
        alice.publish("still here");
    }

    @Test
    default void requestIdLimitCountsBytes() {
        for (String unit : List.of("a", "é", "漢", "😀")) {
            int bytes = unit.getBytes(StandardCharsets.UTF_8).length;
            String longest = unit.repeat(128 / bytes);
            String name = ChatContract.name();
            JoinResponse joined = join(name, longest);
            assertThat(join(name, longest)).isEqualTo(joined);
            assertThat(ChatContract.refused(() -> join(name, longest + unit))).isEqualTo(ErrorReason.TEXT_TOO_LONG);
            Participant.calls(channel())
                    .leave(LeaveRequest.newBuilder()
                            .setSessionToken(joined.getSessionToken())
                            .build());
        }
    }

    private JoinResponse join(String name, String requestId) {
        return Participant.calls(channel())
                .join(JoinRequest.newBuilder()
                        .setParticipantName(name)
                        .setRequestId(requestId)
                        .build());
    }

    /** To normalise this name would take minutes, on a thread that serves many connections. */
    @Test
    default void nameThatIsSlowToNormaliseDelaysNoCall() {
        String marks = "a" + "\u0301".repeat(240_000) + "\u0323".repeat(240_000);
        assertThat(ChatContract.refused(() -> join(marks, ""))).isEqualTo(ErrorReason.NAME_INVALID);
    }

    @Test
    default void malformedBytesAreRefused() {
        assertThat(RawCalls.publish(channel(), new byte[] {(byte) 0xff, 1, 2}).getCode())
                .isEqualTo(io.grpc.Status.Code.INVALID_ARGUMENT);
    }

    @Test
    default void textThatIsNotUtf8IsRefusedAndHarmsNothing() {
        Participant alice = join();
        byte[] bad = {'h', 'i', (byte) 0xc3, (byte) 0x28};
        assertThat(RawCalls.reason(RawCalls.publish(channel(), RawCalls.message(alice.token(), bad))))
                .isEqualTo(ErrorReason.TEXT_NOT_UTF8);
        assertThat(RawCalls.reason(RawCalls.join(channel(), bad))).isEqualTo(ErrorReason.NAME_INVALID);
        alice.publish("still here");
    }
}
