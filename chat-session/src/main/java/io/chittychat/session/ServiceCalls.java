package io.chittychat.session;

import static io.chittychat.text.LogKeys.EPOCH;
import static io.chittychat.text.LogKeys.SEQUENCE;
import static io.chittychat.text.LogKeys.TEXT;

import io.chittychat.text.Logfmt;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.LeaveResponse;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.ListEventsResponse;
import io.chittychat.v1.ListParticipantsRequest;
import io.chittychat.v1.ListParticipantsResponse;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.chittychat.v1.SearchEventsRequest;
import io.chittychat.v1.SearchEventsResponse;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The unary calls of the contract. */
final class ServiceCalls {

    private ServiceCalls() {}

    /** All attempts have the same request id, so that a join whose reply was lost can be repeated. */
    static RepeatableCall<JoinRequest, JoinResponse> join(
            String name, String requestId, Consumer<JoinResponse> arrived) {
        AtomicReference<String> epoch = new AtomicReference<>("");
        return new RepeatableCall<>(
                "Join",
                ChatServiceGrpc.getJoinMethod(),
                time -> JoinRequest.newBuilder()
                        .setParticipantName(name)
                        .setLamportTime(time)
                        .setRequestId(requestId)
                        .build(),
                reply -> {
                    epoch.set(reply.getEpoch());
                    arrived.accept(reply);
                },
                JoinResponse::getLamportTime,
                refusal -> false,
                UnaryOperator.identity(),
                line -> withEpoch(line, Objects.requireNonNullElse(epoch.get(), "")));
    }

    private static Logfmt withEpoch(Logfmt line, String epoch) {
        return epoch.isEmpty() ? line : line.with(EPOCH, epoch);
    }

    /** All attempts have the same sequence, so that a publish whose reply was lost is not published twice. */
    static RepeatableCall<PublishRequest, PublishResponse> publish(
            String token, String text, long sequence, Predecessor predecessor) {
        return new RepeatableCall<>(
                "Publish",
                ChatServiceGrpc.getPublishMethod(),
                time -> PublishRequest.newBuilder()
                        .setSessionToken(token)
                        .setText(text)
                        .setLamportTime(time)
                        .setSequence(sequence)
                        .setPreviousSequence(predecessor.sequence())
                        .build(),
                reply -> {},
                PublishResponse::getLamportTime,
                predecessor::dropIfLost,
                line -> line.with(SEQUENCE, sequence).with(TEXT, text),
                line -> line.with(SEQUENCE, sequence));
    }

    static RepeatableCall<LeaveRequest, LeaveResponse> leave(String token) {
        return new RepeatableCall<>(
                "Leave",
                ChatServiceGrpc.getLeaveMethod(),
                time -> LeaveRequest.newBuilder()
                        .setSessionToken(token)
                        .setLamportTime(time)
                        .build(),
                LeaveResponse::getLamportTime);
    }

    static RepeatableCall<ListParticipantsRequest, ListParticipantsResponse> participants(
            String token, String pageToken) {
        return new RepeatableCall<>(
                "ListParticipants",
                ChatServiceGrpc.getListParticipantsMethod(),
                time -> ListParticipantsRequest.newBuilder()
                        .setSessionToken(token)
                        .setPageToken(pageToken)
                        .build(),
                ListParticipantsResponse::getLamportTime);
    }

    static RepeatableCall<ListEventsRequest, ListEventsResponse> events(String token, long after, int pageSize) {
        return new RepeatableCall<>(
                "ListEvents",
                ChatServiceGrpc.getListEventsMethod(),
                time -> ListEventsRequest.newBuilder()
                        .setSessionToken(token)
                        .setAfterLamportTime(after)
                        .setPageSize(pageSize)
                        .build(),
                ListEventsResponse::getLamportTime);
    }

    static RepeatableCall<SearchEventsRequest, SearchEventsResponse> search(
            String token, String query, String pageToken, int pageSize) {
        return new RepeatableCall<>(
                "SearchEvents",
                ChatServiceGrpc.getSearchEventsMethod(),
                time -> SearchEventsRequest.newBuilder()
                        .setSessionToken(token)
                        .setQuery(query)
                        .setPageToken(pageToken)
                        .setPageSize(pageSize)
                        .build(),
                SearchEventsResponse::getLamportTime);
    }
}
