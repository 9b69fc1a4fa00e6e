package io.chittychat.demo.faults.mutation;

import io.chittychat.demo.faults.http2.Calls;
import io.chittychat.demo.faults.http2.PendingReply;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Sends mutated calls. Those with the headers of gRPC share a connection, which must not suffer from any of them; each of
 * the others has one of its own, which the service may close, as HTTP/2 says of some headers. Not safe for use by several
 * threads.
 */
final class Senders implements AutoCloseable {

    private final InetSocketAddress address;
    private final Calls shared;

    Senders(InetSocketAddress address) throws IOException {
        this.address = address;
        this.shared = new Calls(address);
    }

    Sent send(MutatedCall call) throws IOException {
        Calls calls = call.isGrpc() ? shared : new Calls(address);
        PendingReply reply = send(calls, call);
        return new Sent(call, reply, () -> end(calls, reply));
    }

    private static PendingReply send(Calls calls, MutatedCall call) {
        try {
            return calls.send(call.headers(), call.body().bytes(), call.body().last());
        } catch (IOException e) {
            return PendingReply.lost();
        }
    }

    /** Cancels a call that is still open, and closes its connection if no other call uses it. */
    private void end(Calls calls, PendingReply reply) {
        if (calls != shared) {
            calls.close();
            return;
        }
        try {
            calls.cancel(reply);
        } catch (IOException e) {
            // The connection was closed, and the call with it.
        }
    }

    /** What the service said when it ended the shared connection; empty if it has not. */
    String farewell() {
        return shared.farewell();
    }

    @Override
    public void close() {
        shared.close();
    }

    /**
     * A call that was sent.
     *
     * @param end gives it up
     */
    record Sent(MutatedCall call, PendingReply reply, Runnable end) {}
}
