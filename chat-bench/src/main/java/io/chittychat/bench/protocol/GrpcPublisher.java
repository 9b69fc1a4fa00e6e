package io.chittychat.bench.protocol;

/** A participant's PublishStream. Publishes are repeatable like those of the client; the first has the token. */
public final class GrpcPublisher extends Http2Client {

    private static final int TOKEN = 1 << 3 | 2;
    private static final int TEXT = 2 << 3 | 2;
    private static final int LAMPORT_TIME = 3 << 3;
    private static final int SEQUENCE = 4 << 3;

    private final ReplyWalker replies;
    private final Output message = new Output();
    private final String token;
    private long sequence;

    /**
     * @param authority host and port
     * @param clock Lamport time so far
     */
    public GrpcPublisher(String authority, String token, long clock) {
        super("PublishStream", authority);
        this.token = token;
        this.replies = new ReplyWalker(clock);
    }

    @Override
    public void publish(Output out, byte[] text) {
        message.clear();
        if (sequence == 0) {
            message.put(TOKEN).putVarint(token.length()).put(token);
        }
        message.put(TEXT).putVarint(text.length).put(text);
        message.put(LAMPORT_TIME).putVarint(replies.tick());
        message.put(SEQUENCE).putVarint(++sequence);
        send(out, message.toArray(), false);
    }

    @Override
    MessageWalker responses() {
        return replies;
    }

    @Override
    void connected() {
        becomeReady();
    }
}
