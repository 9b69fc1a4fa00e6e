package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Status;
import io.chittychat.error.ErrorReason;
import io.chittychat.server.chat.Validation;
import io.chittychat.server.config.ChatSlice;
import io.chittychat.time.LamportClock;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.PublishRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** A participant that moves the service's clock as far and as often as it can. */
@ChatSlice
@TestPropertySource(properties = {"chitty.session.resume-window=1h"})
@Import(ContractConfiguration.class)
class ClockPushTest {

    @Autowired
    private ManagedChannel channel;

    @Autowired
    private ErrorConformance errors;

    @Autowired
    private LamportClock clock;

    @AfterEach
    void everyErrorIsInTheTable() {
        assertThat(errors.violations).isEmpty();
    }

    private PublishRequest far(String token) {
        return PublishRequest.newBuilder()
                .setSessionToken(token)
                .setText("far")
                .setLamportTime(farAhead())
                .build();
    }

    private long farAhead() {
        return clock.read() + LamportClock.MAX_AHEAD;
    }

    @Test
    void participantThatMovesTheClockTooFarWaitsAndOthersDoNot() {
        Participant mallory = Participant.join(channel, "mallory");
        Participant alice = Participant.join(channel, "alice");
        for (int i = 0; i < 1000; i++) { // requests without a session do not use up the budget
            assertThat(ChatContract.refused(() -> mallory.calls().publish(far("wrong"))))
                    .isEqualTo(ErrorReason.SESSION_UNKNOWN);
        }
        useUp(mallory);

        long now = clock.read();
        long near = alice.calls()
                .publish(alice.message("hi")
                        .setLamportTime(now + Validation.NEAR)
                        .build())
                .getLamportTime();
        assertThat(near).isEqualTo(now + Validation.NEAR + 1);
        assertThat(alice.publish("later")).isEqualTo(near + 1);
    }

    @Test
    void everyRequestWithATimeIsLimited() {
        Participant mallory = Participant.join(channel, "eve");
        refused(
                mallory,
                attempt -> Participant.calls(channel)
                        .join(JoinRequest.newBuilder()
                                .setParticipantName("carol" + attempt)
                                .setLamportTime(farAhead())
                                .build()));
        refused(
                mallory,
                attempt -> mallory.calls()
                        .broadcast(mallory.reading(0).setLamportTime(farAhead()).build())
                        .next());
        refused(mallory, attempt -> {
            Participant leaver = Participant.join(channel, "leaver" + attempt);
            leaver.calls()
                    .leave(LeaveRequest.newBuilder()
                            .setSessionToken(leaver.token())
                            .setLamportTime(farAhead())
                            .build());
        });
        refused(mallory, attempt -> {
            PublishStreamClient stream = new PublishStreamClient(channel);
            stream.send(far(mallory.token()));
            stream.complete();
            Status error = stream.replies(1).get(0).getError();
            if (error.getCode() != 0) {
                throw StatusProto.toStatusRuntimeException(error);
            }
        });
    }

    /** Uses up the budget, then calls. The budget refills all the time, so that this may take a few attempts. */
    private void refused(Participant mallory, IntConsumer call) {
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                useUp(mallory);
                call.accept(attempt);
            } catch (StatusRuntimeException e) {
                assertThat(ErrorReason.of(e)).contains(ErrorReason.RATE_LIMITED);
                return;
            }
        }
        throw new AssertionError("never refused");
    }

    private void useUp(Participant mallory) {
        try {
            for (int i = 0; i < 10_000; i++) {
                mallory.calls().publish(far(mallory.token()));
            }
            throw new AssertionError("the budget is never used up");
        } catch (StatusRuntimeException e) {
            assertThat(ErrorReason.of(e)).contains(ErrorReason.RATE_LIMITED);
        }
    }
}
