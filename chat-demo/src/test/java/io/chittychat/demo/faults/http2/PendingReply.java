package io.chittychat.demo.faults.http2;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** A call that is under way. The connection's reading thread writes it; what it completes may be awaited by any. */
public final class PendingReply {

    private final int stream;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final CompletableFuture<Void> begin = new CompletableFuture<>();
    private final CompletableFuture<Reply> end = new CompletableFuture<>();

    PendingReply(int stream) {
        this.stream = stream;
    }

    /** That of a call that could not be sent whole, since the service had closed the connection. */
    public static PendingReply lost() {
        PendingReply lost = new PendingReply(0);
        lost.end(OptionalInt.empty(), false);
        return lost;
    }

    public int stream() {
        return stream;
    }

    /** Done as soon as anything has come. */
    public CompletableFuture<Void> begin() {
        return begin;
    }

    /** Done when the call has ended. */
    public CompletableFuture<Reply> end() {
        return end;
    }

    void add(Map<String, String> more) {
        headers.putAll(more);
        begin.complete(null);
    }

    void add(byte[] content) {
        data.writeBytes(content);
    }

    void end(OptionalInt reset, boolean isComplete) {
        end.complete(new Reply(Map.copyOf(headers), data.toByteArray(), reset, isComplete));
        begin.complete(null);
    }
}
