package io.chittychat.bench.protocol;

import io.chittychat.v1.BroadcastRequest;

/** A participant's Broadcast. */
public final class GrpcReceiver extends Http2Client {

    private final EventWalker events = new EventWalker(this);
    private final byte[] request;

    /**
     * @param authority host and port
     * @param after Lamport time after which it reads
     */
    public GrpcReceiver(String authority, String token, long after) {
        super("Broadcast", authority);
        this.request = BroadcastRequest.newBuilder()
                .setSessionToken(token)
                .setAfterLamportTime(after)
                .build()
                .toByteArray();
    }

    @Override
    public void begin(Output out) {
        super.begin(out);
        send(out, request, true);
    }

    @Override
    public void publish(Output out, byte[] text) {
        throw new UnsupportedOperationException("a Broadcast publishes nothing");
    }

    @Override
    MessageWalker responses() {
        return events;
    }

    @Override
    void connected() {
        // It is ready when it has caught up.
    }
}
