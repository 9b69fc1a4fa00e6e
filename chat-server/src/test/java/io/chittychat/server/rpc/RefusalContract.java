package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.error.ErrorReason;
import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.Event;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.ListParticipantsRequest;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.SearchEventsRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is refused, and harms nobody. */
interface RefusalContract extends ContractFixture {

    @Test
    default void impostorsAreRefusedEverywhere() {
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
    default void poisonedClocksAreRefused() {
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
