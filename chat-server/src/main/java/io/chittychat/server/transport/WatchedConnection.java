package io.chittychat.server.transport;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Stream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the memory that one connection takes, for incomplete requests and for replies that its client has not read. It
 * ends calls whose request takes too long to arrive. It closes a connection with too many unread replies, and one that
 * does not read its replies within the timeout.
 *
 * <p>Threading: the connection's event loop. Any thread may call {@link #isCongested}, {@link #refused}, {@link
 * #awaitWritten} and the counting of waiting calls.
 */
final class WatchedConnection {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedConnection.class);
    private static final long CHECK = 1000; // milliseconds
    private static final long FAIR = 64 * 1024; // unread bytes that a connection may have even if the total is exceeded
    private static final long UNDER_PRESSURE = 2_000_000_000; // nanoseconds without reading, if the total is exceeded
    private static final long SECOND = 1_000_000_000; // nanoseconds
    private static final int READ_PER_CONTROL = 10; // bytes; the smallest event with its frame has four times as many
    private static final int HEADER_TABLE = 4096; // bytes; HTTP/2's default

    private final Channel channel;
    private final Http2ConnectionHandler http2;
    private final GrpcSettings settings;
    private final ConnectionTotals totals;
    private final RequestFrames requests;
    private long incomplete; // bytes of incomplete requests
    private volatile long unread; // bytes of replies; written by the loop
    private final AtomicInteger waitingCalls = new AtomicInteger();
    private int refused; // calls since the last check
    private long controls; // control frames since controlsSince
    private long controlsSince = System.nanoTime();
    private long readAtControls; // the value of read at controlsSince
    private long read; // bytes of replies that the client has read, since the connection began
    private long target; // the value of read at which the client has all replies that were unread at behindSince
    private boolean isBehind; // whether there is a target
    private long behindSince; // nanoseconds
    private long lastRead; // the value of read at progressAt
    private long progressAt; // the last check that saw the client read, or that did not require it to; nanoseconds
    private boolean checkScheduled;
    private boolean closing;

    WatchedConnection(Channel channel, Http2ConnectionHandler http2, GrpcSettings settings, ConnectionTotals totals) {
        this.channel = channel;
        this.http2 = http2;
        this.settings = settings;
        this.totals = totals;
        this.requests = new RequestFrames(http2.decoder().frameListener(), http2.connection(), this);
    }

    /** Begins to watch, before the first call. */
    void begin() throws Http2Exception {
        boundHeaderTable();
        http2.decoder().frameListener(requests);
        http2.connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamClosed(Http2Stream call) {
                requests.closed(call);
            }
        });
        channel.pipeline().addLast(new UnreadReplies(this));
    }

    ScheduledExecutorService loop() {
        return channel.eventLoop();
    }

    /** Bounds the table for header compression: a client may allow any size and then fill it, by causing headers. */
    void boundHeaderTable() throws Http2Exception {
        Http2HeadersEncoder.Configuration headers =
                http2.encoder().configuration().headersConfiguration();
        if (headers.maxHeaderTableSize() > HEADER_TABLE) {
            headers.maxHeaderTableSize(HEADER_TABLE);
        }
    }

    /** Whether too many bytes wait in the socket's buffer; headers get there without regard to flow control. */
    boolean ignoresReplies() {
        return channel.bytesBeforeWritable()
                > settings.maxUnreadSizePerConnection().toBytes();
    }

    /** Waits until the loop has written what this thread sent before; for a second at most. */
    void awaitWritten() {
        try {
            loop().submit(() -> {}).get(CHECK, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.debug("Cannot wait until a reply is written", e);
        }
    }

    /** A call waits for its request or its answer. Returns the number of waiting calls of the connection. */
    int callStartedWaiting() {
        return waitingCalls.incrementAndGet();
    }

    /** A call no longer waits. */
    void callStoppedWaiting() {
        waitingCalls.decrementAndGet();
    }

    /** A call was refused by a limit. Closes the connection if it has too many such calls a second. */
    void refused() {
        if (channel.eventLoop().inEventLoop()) {
            countRefused();
        } else {
            loop().execute(this::countRefused);
        }
    }

    private void countRefused() {
        watch();
        if (++refused > settings.maxResetsPerSecond()) {
            close("it sends too many calls that are refused");
        }
    }

    /**
     * A control frame has arrived, which belongs to no request. A client also sends such frames to read replies: it
     * opens windows and measures the bandwidth. So the limit grows with the replies that it has read.
     */
    void controlled() {
        if (++controls <= settings.maxControlFramesPerSecond() + (read - readAtControls) / READ_PER_CONTROL) {
            return;
        }
        long now = System.nanoTime();
        if (now - controlsSince < SECOND) {
            close("it sends too many control frames");
        }
        controls = 1;
        controlsSince = now;
        readAtControls = read;
    }

    /** The bytes of incomplete requests have changed by {@code more}, which may be negative. */
    void keeps(long more) {
        incomplete += more;
        totals.requests().add(more);
    }

    /** Whether a call with {@code ofCall} bytes of an incomplete request is within the limits. */
    boolean mayKeep(long ofCall) {
        return ofCall == 0
                || (incomplete <= settings.maxIncompletePerConnection()
                        && totals.requests().sum()
                                <= settings.maxIncompleteSize().toBytes());
    }

    /** gRPC has written a reply. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // only the loop writes it
    void queued(int bytes) {
        unread += bytes;
        totals.replies().add(bytes);
        if (unread > settings.mostUnreadPerConnection()) {
            loop().execute(() -> close("it does not read its replies"));
        }
        watch();
    }

    /** A reply was sent, as far as the client's windows allow, or dropped because its call ended. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // only the loop writes it
    void taken(int bytes) {
        unread -= bytes;
        read += bytes;
        totals.replies().add(-bytes);
    }

    /** Whether the client has so many unread replies that its calls must be refused. */
    boolean isCongested() {
        return unread > settings.maxUnreadSizePerConnection().toBytes() || (unread > FAIR && areAllCongested());
    }

    private boolean areAllCongested() {
        return totals.replies().sum() > settings.maxUnreadSize().toBytes();
    }

    /** Schedules a check. */
    void watch() {
        if (!checkScheduled) {
            checkScheduled = true;
            loop().schedule(this::check, CHECK, TimeUnit.MILLISECONDS);
        }
    }

    private void check() {
        checkScheduled = false;
        if (!channel.isActive() || closing) {
            return;
        }
        long now = System.nanoTime();
        refused = 0;
        endOverdueCalls(now);
        closeIfBehind(now);
        if (unread > 0 || requests.hasOpen()) {
            watch();
        }
    }

    private void endOverdueCalls(long now) {
        try {
            RequestFrames.Overdue overdue =
                    requests.findOverdue(now, settings.requestTimeout().toNanos());
            for (int call : overdue.late()) {
                fail(Http2Exception.streamError(call, Http2Error.ENHANCE_YOUR_CALM, "the request takes too long"));
            }
            for (int call : overdue.answered()) {
                fail(Http2Exception.streamError(call, Http2Error.NO_ERROR, "the call is answered"));
            }
        } catch (Http2Exception e) {
            fail(e);
        }
    }

    /**
     * A client has the whole timeout to read its unread replies, so that a slow one, which reads a little now and then,
     * is not closed. While all clients together have too many, one that reads nothing at all is closed much sooner.
     */
    private void closeIfBehind(long now) {
        if (!isBehind || read != lastRead || unread <= FAIR || !areAllCongested()) {
            lastRead = read;
            progressAt = now;
        }
        if (unread == 0) {
            isBehind = false;
        } else if (!isBehind || read >= target) {
            isBehind = true;
            target = read + unread;
            behindSince = now;
        }
        if (now - progressAt >= UNDER_PRESSURE
                || (isBehind && now - behindSince >= settings.unreadTimeout().toNanos())) {
            close("it takes too long to read its replies");
        }
    }

    private void close(String why) {
        if (!closing) {
            closing = true;
            LOG.info(
                    "Closed a connection from {}: {}",
                    Origin.of(channel.remoteAddress()).name(),
                    why);
            fail(Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "%s", why));
            loop().schedule(this::cut, CHECK, TimeUnit.MILLISECONDS); // an orderly close waits for unread replies
        }
    }

    private void cut() {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first != null) {
            first.close();
        }
    }

    private void fail(Http2Exception why) {
        ChannelHandlerContext context = channel.pipeline().context(http2);
        if (context != null) {
            http2.onError(context, false, why);
        }
    }
}
