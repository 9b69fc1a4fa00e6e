package io.chittychat.server.rpc;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.chittychat.error.ErrorReason;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Notes every error that a service sends, and every violation of the contract's table. */
public final class ErrorConformance implements ServerInterceptor {

    private static final Map<ErrorReason, List<String>> METADATA = Map.of(
            ErrorReason.RESUME_POINT_GONE, List.of("oldest", "newest"), ErrorReason.EPOCH_CHANGED, List.of("epoch"));

    final Set<ErrorReason> seen = ConcurrentHashMap.newKeySet();
    final List<String> violations = new CopyOnWriteArrayList<>();

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        if (!call.getMethodDescriptor().getFullMethodName().startsWith("chittychat.")) {
            return next.startCall(call, headers);
        }
        return next.startCall(
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public void close(Status status, Metadata trailers) {
                        if (!status.isOk() && !isOfTheTransport(status)) {
                            check(Optional.ofNullable(StatusProto.fromStatusAndTrailers(status, trailers)));
                        }
                        super.close(status, trailers);
                    }
                },
                headers);
    }

    private static boolean isOfTheTransport(Status status) {
        return Stream.of(RequestParser.MALFORMED, RequestParser.BROKEN, RequestParser.TOO_LARGE)
                .anyMatch(known -> known.getDescription().equals(status.getDescription()));
    }

    void check(Optional<com.google.rpc.Status> status) {
        Optional<ErrorReason> reason = status.flatMap(ErrorReason::of);
        if (reason.isEmpty()) {
            violations.add("without a reason of the table: " + status);
        } else {
            seen.add(reason.get());
            check(reason.get(), status.orElseThrow());
        }
    }

    private void check(ErrorReason reason, com.google.rpc.Status status) {
        if (status.getCode() != reason.code().value()) {
            violations.add(reason + " with another status: " + status);
        }
        boolean detailed =
                switch (reason.code()) {
                    case INVALID_ARGUMENT -> has(status, BadRequest.class);
                    case RESOURCE_EXHAUSTED, UNAVAILABLE -> has(status, RetryInfo.class);
                    default -> true;
                };
        Optional<ErrorInfo> info = ErrorReason.info(status);
        boolean explained = info.isPresent()
                && info.get().getMetadataMap().keySet().containsAll(METADATA.getOrDefault(reason, List.of()));
        if (!detailed || !explained) {
            violations.add(reason + " without its detail: " + status);
        }
    }

    private static boolean has(com.google.rpc.Status status, Class<? extends com.google.protobuf.Message> type) {
        return status.getDetailsList().stream().anyMatch((Any detail) -> detail.is(type));
    }
}
