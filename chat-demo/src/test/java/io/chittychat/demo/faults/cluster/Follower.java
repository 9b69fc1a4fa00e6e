package io.chittychat.demo.faults.cluster;

import io.chittychat.v1.BroadcastRequest;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.Event;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.JoinResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A participant that reads, and resumes on any node when its stream ends. It must see every event once, in order. */
final class Follower implements Runnable {

    private final String name;
    private final Nodes nodes;
    private final Random random;
    private final AtomicBoolean over;
    private final List<Event> events = new ArrayList<>(); // guarded by itself
    private volatile boolean expired;
    private final AtomicInteger streams = new AtomicInteger();

    Follower(String name, Nodes nodes, Random random, AtomicBoolean over) {
        this.name = name;
        this.nodes = nodes;
        this.random = random;
        this.over = over;
    }

    List<Event> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    boolean isExpired() {
        return expired;
    }

    int streams() {
        return streams.get();
    }

    long newest() {
        synchronized (events) {
            return events.isEmpty() ? 0 : events.get(events.size() - 1).getLamportTime();
        }
    }

    @Override
    public void run() {
        JoinRequest request = JoinRequest.newBuilder()
                .setParticipantName(name)
                .setRequestId(name)
                .build();
        JoinResponse joined = null;
        while (joined == null) {
            try {
                joined = nodes.any(random, 5).join(request);
            } catch (StatusRuntimeException e) {
                pause();
            }
        }
        while (!over.get() && !expired) {
            read(joined.getSessionToken());
            pause();
        }
    }

    private void read(String token) {
        streams.incrementAndGet();
        try {
            Iterator<BroadcastResponse> stream = nodes.anyForever(random)
                    .broadcast(BroadcastRequest.newBuilder()
                            .setSessionToken(token)
                            .setAfterLamportTime(newest())
                            .build());
            while (stream.hasNext()) {
                synchronized (events) {
                    events.addAll(stream.next().getEventsList());
                }
            }
            expired = !over.get(); // it ended without an error: the session was left
        } catch (StatusRuntimeException e) {
            expired = e.getStatus().getCode() == Status.Code.UNAUTHENTICATED;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
