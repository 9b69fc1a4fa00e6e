package io.chittychat.demo.faults.mutation;

import com.google.protobuf.MessageLite;
import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.ListEventsRequest;
import io.chittychat.v1.ListParticipantsRequest;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.SearchEventsRequest;
import java.util.List;
import java.util.Random;

/** Requests that are right, with every field set, for each method. */
final class Requests {

    static final List<String> METHODS = List.of(
            "Join", "Publish", "PublishStream", "Broadcast", "Leave", "ListParticipants", "ListEvents", "SearchEvents");

    private final Sessions sessions;

    Requests(Sessions sessions) {
        this.sessions = sessions;
    }

    /** @param number which makes it differ from others */
    MessageLite of(String method, long number, Random random) {
        JoinResponse stay = sessions.staying(random);
        String token = stay.getSessionToken();
        long time = stay.getLamportTime() + random.nextInt(1000);
        return switch (method) {
            case "Join" ->
                JoinRequest.newBuilder()
                        .setParticipantName("visitor " + number)
                        .setLamportTime(time)
                        .setRequestId("join " + number)
                        .build();
            case "Publish", "PublishStream" ->
                PublishRequest.newBuilder()
                        .setSessionToken(token)
                        .setText("something \u00e4\u65e5\ud83d\ude00 at " + number)
                        .setLamportTime(time)
                        .setSequence(number + 1)
                        .build();
            case "Broadcast" ->
                BroadcastRequest.newBuilder()
                        .setSessionToken(token)
                        .setAfterLamportTime(stay.getLamportTime())
                        .setEpoch(stay.getEpoch())
                        .setLamportTime(time)
                        .build();
            case "Leave" ->
                LeaveRequest.newBuilder()
                        .setSessionToken(sessions.leaving(random).getSessionToken())
                        .setLamportTime(time)
                        .build();
            case "ListParticipants" ->
                ListParticipantsRequest.newBuilder()
                        .setSessionToken(token)
                        .setPageSize(1 + random.nextInt(10))
                        .setPageToken("1")
                        .build();
            case "ListEvents" ->
                ListEventsRequest.newBuilder()
                        .setSessionToken(token)
                        .setAfterLamportTime(time)
                        .setPageSize(1 + random.nextInt(10))
                        .build();
            case "SearchEvents" ->
                SearchEventsRequest.newBuilder()
                        .setSessionToken(token)
                        .setQuery("something")
                        .setPageSize(1 + random.nextInt(10))
                        .setPageToken("1")
                        .build();
            default -> throw new IllegalArgumentException(method);
        };
    }
}
