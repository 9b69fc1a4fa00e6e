package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import io.chittychat.error.ErrorReason;
import io.chittychat.server.config.ChatSlice;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** Refusals of a service with a small room and a small timeline. */
@ChatSlice
@TestPropertySource(properties = {"chitty.limits.max-participants=2", "chitty.timeline.max-bytes=1B"})
@Import(ContractConfiguration.class)
class LimitsContractTest {

    @Autowired
    private ManagedChannel channel;

    @Autowired
    private ErrorConformance errors;

    @AfterEach
    void everyErrorIsInTheTable() {
        assertThat(errors.violations).isEmpty();
    }

    @Test
    void joinOfAFullRoomIsRefusedAndDroppedEventsCannotBeRead() {
        Participant alice = Participant.join(channel, "alice");
        Participant bob = Participant.join(channel, "bob");
        assertThat(ChatContract.refused(() -> Participant.join(channel, "carol")))
                .isEqualTo(ErrorReason.ROOM_FULL);
        PublishStreamClient stream = new PublishStreamClient(channel);
        for (int i = 0; i < 5000; i++) {
            stream.send(bob.message("message " + i).build());
        }
        stream.replies(5000);

        StatusRuntimeException gone = org.assertj.core.api.Assertions.catchThrowableOfType(
                StatusRuntimeException.class,
                () -> alice.calls().broadcast(alice.reading(0).build()).next());
        ErrorInfo info = ErrorReason.info(Objects.requireNonNull(StatusProto.fromThrowable(gone)))
                .orElseThrow();
        assertThat(info.getReason()).isEqualTo("RESUME_POINT_GONE");
        long oldest = Long.parseLong(info.getMetadataOrThrow("oldest"));
        Participant.Inbox resumed = alice.listen(oldest - 1).caughtUp();
        assertThat(resumed.times().get(0)).isEqualTo(oldest);
        bob.leave();
        Participant.join(channel, "carol");
    }
}
