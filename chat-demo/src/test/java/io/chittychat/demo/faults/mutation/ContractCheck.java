package io.chittychat.demo.faults.mutation;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.chittychat.demo.faults.http2.Reply;
import io.chittychat.error.ErrorReason;
import io.chittychat.v1.PublishResponse;
import io.grpc.Status.Code;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a reply is one that the contract has: its table of errors, and its list of what the transport decides on. */
final class ContractCheck {

    /** The transport's own, which carry no ErrorInfo. */
    private static final Set<Code> TRANSPORT =
            EnumSet.of(Code.RESOURCE_EXHAUSTED, Code.INVALID_ARGUMENT, Code.UNIMPLEMENTED, Code.DEADLINE_EXCEEDED);

    private static final int LONGEST_MESSAGE = 512; // characters
    private static final Pattern INTERNALS = Pattern.compile("Exception|\\bat [a-z]+\\.|java\\.|io\\.grpc|netty");

    private ContractCheck() {}

    /** The problem of a reply, in a sentence; empty if there is none. */
    static Optional<String> violation(MutatedCall call, Reply reply) {
        if (!call.isGrpc() && isRefusedByHttp(reply)) {
            return Optional.empty();
        }
        if (!reply.isComplete()) {
            return Optional.of("the connection was closed, with all calls on it");
        }
        if (reply.status().isEmpty()) {
            return !call.isFramed() && reply.reset().isPresent() ? Optional.empty() : Optional.of("there is no status");
        }
        Code code = code(reply.status().getAsInt());
        String text = reply.headers().getOrDefault("grpc-message", "");
        boolean isOwn = call.isGrpc(); // of odd headers gRPC's own messages tell the caller what they were
        if (isOwn && (text.length() > LONGEST_MESSAGE || INTERNALS.matcher(text).find())) {
            return Optional.of("the message tells internals, or too much: " + text);
        }
        if (code == Code.OK) {
            return call.method().equals("PublishStream") ? wrongResponse(reply) : Optional.empty();
        }
        boolean isTransport = TRANSPORT.contains(code) || code == Code.INTERNAL && !call.isFramed();
        return reply.details()
                .map(details -> wrong(details, code))
                .orElseGet(() -> isTransport
                        ? Optional.empty()
                        : Optional.of(code + " without a reason is not in the contract"));
    }

    /** A request that is not gRPC gets a reply of HTTP: a status, a reset, or the end of the connection. */
    private static boolean isRefusedByHttp(Reply reply) {
        return reply.headers().getOrDefault(":status", "").startsWith("4")
                || reply.status().isEmpty() && (reply.reset().isPresent() || !reply.isComplete());
    }

    private static Optional<String> wrongResponse(Reply reply) {
        for (byte[] message : reply.messages()) {
            try {
                PublishResponse response = PublishResponse.parseFrom(message);
                Optional<String> wrong = response.hasError()
                        ? wrong(response.getError(), code(response.getError().getCode()))
                        : Optional.empty();
                if (wrong.isPresent()) {
                    return wrong;
                }
            } catch (InvalidProtocolBufferException e) {
                return Optional.of("a response is none: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** An error of the service's own: the reason fits the status, and has the detail that the table names. */
    private static Optional<String> wrong(Status status, Code code) {
        Optional<ErrorReason> reason = ErrorReason.of(status);
        if (reason.isEmpty()) {
            return Optional.of("%s has no reason of the contract: %s".formatted(code, status));
        }
        if (reason.get().code() != code || status.getCode() != code.value()) {
            return Optional.of("%s is no reason for %s".formatted(reason.get(), code));
        }
        boolean needsField = code == Code.INVALID_ARGUMENT;
        boolean needsRetry = code == Code.RESOURCE_EXHAUSTED || code == Code.UNAVAILABLE;
        return needsField && !has(status, BadRequest.class) || needsRetry && !has(status, RetryInfo.class)
                ? Optional.of("%s lacks its detail: %s".formatted(reason.get(), status))
                : Optional.empty();
    }

    private static boolean has(Status status, Class<? extends com.google.protobuf.Message> detail) {
        return status.getDetailsList().stream().anyMatch((Any any) -> any.is(detail));
    }

    private static Code code(int value) {
        return io.grpc.Status.fromCodeValue(value).getCode();
    }
}
