package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.error.ErrorReason;
import io.chittychat.v1.Event;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** PublishStream: order of replies, refusals, and signs of life. */
interface PublishStreamContract extends ContractFixture {

    @Test
    default void publishStreamAnswersInOrderAndGoesOnAfterARefusal() {
        Participant alice = join();
        PublishStreamClient stream = new PublishStreamClient(channel());
        stream.send(alice.message("one").setSequence(1).build());
        stream.send(PublishRequest.newBuilder().setText("two").setSequence(2).build());
        stream.send(PublishRequest.newBuilder().setText("").setSequence(3).build());
        stream.send(PublishRequest.newBuilder()
                .setSessionToken("wrong")
                .setText("four")
                .setSequence(4)
                .build());
        stream.send(alice.message("five").setSequence(5).build());
        stream.send(alice.message("one").setSequence(1).build());
        stream.complete();

        List<PublishResponse> replies = stream.replies(6);
        assertThat(stream.awaitEnd().isOk()).isTrue();
        assertThat(replies).extracting(PublishResponse::getSequence).containsExactly(1L, 2L, 3L, 4L, 5L, 1L);
        assertThat(ErrorReason.of(replies.get(2).getError())).contains(ErrorReason.TEXT_BLANK);
        assertThat(ErrorReason.of(replies.get(3).getError())).contains(ErrorReason.SESSION_UNKNOWN);
        assertThat(replies.get(4).hasError()).isFalse();
        assertThat(replies.get(5).getLamportTime()).isEqualTo(replies.get(0).getLamportTime());
        assertThat(alice.history(alice.session.getLamportTime()))
                .extracting(Event::getText)
                .containsExactly("one", "two", "five");
    }

    @Test
    default void publishAfterOneThatWasNotSeenIsRefusedUntilItIs() {
        Participant alice = join();
        PublishStreamClient stream = new PublishStreamClient(channel());
        stream.send(alice.message("one").setSequence(1).setPreviousSequence(0).build());
        stream.send(alice.message("three").setSequence(3).setPreviousSequence(2).build());
        PublishResponse refused = stream.replies(2).get(1);
        stream.send(alice.message("two").setSequence(2).setPreviousSequence(1).build());
        stream.send(alice.message("three").setSequence(3).setPreviousSequence(2).build());
        stream.replies(4);
        assertThat(ErrorReason.of(refused.getError())).contains(ErrorReason.SEQUENCE_GAP);
        assertThat(ErrorReason.info(refused.getError()).orElseThrow().getMetadataMap())
                .containsEntry("newest", "1");
        assertThat(alice.history(alice.session.getLamportTime()))
                .extracting(Event::getText)
                .containsExactly("one", "two", "three");
        assertThat(ChatContract.refused(() -> alice.calls()
                        .publish(alice.message("five")
                                .setSequence(5)
                                .setPreviousSequence(4)
                                .build())))
                .isEqualTo(ErrorReason.SEQUENCE_GAP);
        stream.complete();
    }

    @Test
    default void refusedPublishIsNotSeenAndTheNextNamesTheOneBeforeIt() {
        Participant alice = join();
        PublishStreamClient stream = new PublishStreamClient(channel());
        stream.send(alice.message("one").setSequence(1).build());
        stream.send(alice.message(" ").setSequence(2).setPreviousSequence(1).build());
        stream.send(alice.message("three").setSequence(3).setPreviousSequence(2).build());
        stream.send(alice.message("three").setSequence(3).setPreviousSequence(1).build());
        assertThat(stream.replies(4).stream().map(reply -> ErrorReason.of(reply.getError())))
                .containsExactly(
                        Optional.empty(),
                        Optional.of(ErrorReason.TEXT_BLANK),
                        Optional.of(ErrorReason.SEQUENCE_GAP),
                        Optional.empty());
        assertThat(alice.history(alice.session.getLamportTime()))
                .extracting(Event::getText)
                .containsExactly("one", "three");
        stream.complete();
    }

    @Test
    default void badBytesOnAPublishStreamHarmOnlyTheirOwnMessage() {
        Participant alice = join();
        PublishStreamClient stream = new PublishStreamClient(channel());
        stream.send(alice.message("one").setSequence(1).build());
        stream.sendRaw(RawCalls.message("", new byte[] {(byte) 0xfe}));
        stream.send(alice.message("three").setSequence(3).build());
        List<PublishResponse> replies = stream.replies(3);
        assertThat(ErrorReason.of(replies.get(1).getError())).contains(ErrorReason.TEXT_NOT_UTF8);
        assertThat(replies.get(2).hasError()).isFalse();
        stream.complete(); // when everything is answered
        assertThat(stream.awaitEnd().isOk()).isTrue();
    }

    @Test
    default void publishStreamEndedByAMalformedMessageKeepsNoSessionAlive() {
        Participant alice = join();
        PublishStreamClient stream = new PublishStreamClient(channel());
        stream.send(alice.message("one").build());
        stream.replies(1);
        Participant witness = join();
        witness.listen(); // stays, however slow the machine is
        String name = nameOf(alice);
        stream.sendRaw(new byte[] {(byte) 0xff, 1, 2});
        assertThat(stream.awaitEnd().getCode()).isEqualTo(io.grpc.Status.Code.INVALID_ARGUMENT);
        await().until(() -> !witness.present().contains(name));
    }

    @Test
    default void openPublishStreamKeepsASessionAlive() {
        Participant alice = join();
        PublishStreamClient stream = new PublishStreamClient(channel());
        stream.send(alice.message("one").build());
        stream.replies(1);
        Participant idle = join();
        Participant witness = join();
        witness.listen(); // stays, however slow the machine is
        String idleName = nameOf(idle);
        await().until(() -> !witness.present().contains(idleName)); // the window has passed
        stream.send(alice.message("two").build());
        assertThat(stream.replies(2).get(1).hasError()).isFalse();
        stream.complete();
    }
}
