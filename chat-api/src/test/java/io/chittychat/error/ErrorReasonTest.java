package io.chittychat.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorReasonTest {

    private static final ErrorInfo FOREIGN = ErrorInfo.newBuilder()
            .setDomain("proxy.example")
            .setReason("NAME_TAKEN")
            .build();

    private static ErrorInfo own(String reason) {
        return ErrorInfo.newBuilder()
                .setDomain(ErrorReason.DOMAIN)
                .setReason(reason)
                .putMetadata("oldest", "7")
                .build();
    }

    private static com.google.rpc.Status status(Any... details) {
        com.google.rpc.Status.Builder status =
                com.google.rpc.Status.newBuilder().setCode(Status.Code.ABORTED.value());
        for (Any detail : details) {
            status.addDetails(detail);
        }
        return status.build();
    }

    @ParameterizedTest
    @EnumSource
    void reasonIsReadFromAFailedCall(ErrorReason reason) {
        com.google.rpc.Status status = status(Any.pack(own(reason.name())));

        assertThat(ErrorReason.of(StatusProto.toStatusRuntimeException(status))).contains(reason);
        assertThat(ErrorReason.of(StatusProto.toStatusException(status))).contains(reason);
        assertThat(ErrorReason.of(status)).contains(reason);
    }

    @Test
    void reasonIsReadFromTheCauseOfAFailure() {
        Throwable call = StatusProto.toStatusRuntimeException(status(Any.pack(own("SUPERSEDED"))));

        assertThat(ErrorReason.of(new IOException("wrapped", call))).contains(ErrorReason.SUPERSEDED);
    }

    @Test
    void failureWithoutDetailsHasNoReason() {
        assertThat(ErrorReason.of(Status.UNAVAILABLE.asRuntimeException())).isEmpty();
    }

    @Test
    void exceptionOutsideACallHasNoReason() {
        assertThat(ErrorReason.of(new IOException("disk"))).isEmpty();
    }

    @Test
    void reasonOfAnotherDomainIsIgnored() {
        assertThat(ErrorReason.of(status(Any.pack(FOREIGN)))).isEmpty();
        assertThat(ErrorReason.info(status(Any.pack(FOREIGN)))).isEmpty();
    }

    @Test
    void reasonIsFoundBehindThatOfAnotherDomain() {
        assertThat(ErrorReason.of(status(Any.pack(FOREIGN), Any.pack(own("NAME_TAKEN")))))
                .contains(ErrorReason.NAME_TAKEN);
    }

    @Test
    void reasonIsFoundAmongOtherDetails() {
        Any details = Any.pack(BadRequest.getDefaultInstance());

        assertThat(ErrorReason.of(status(details, Any.pack(own("TEXT_BLANK"))))).contains(ErrorReason.TEXT_BLANK);
    }

    @Test
    void unknownReasonIsIgnored() {
        assertThat(ErrorReason.of(status(Any.pack(own("ROOM_ON_FIRE"))))).isEmpty();
    }

    @Test
    void malformedDetailsHaveNoReason() {
        Any broken = Any.pack(own("NAME_TAKEN")).toBuilder()
                .setValue(ByteString.copyFrom(new byte[] {(byte) 0xff}))
                .build();

        assertThat(ErrorReason.of(status(broken))).isEmpty();
    }

    @Test
    void metadataComesWithTheReason() {
        assertThat(ErrorReason.info(status(Any.pack(own("RESUME_POINT_GONE"))))
                        .orElseThrow()
                        .getMetadataMap())
                .containsEntry("oldest", "7");
    }
}
