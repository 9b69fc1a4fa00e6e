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
 * What one connection keeps in memory, and until when: requests that are not complete, and replies that are not taken. Calls
 * that wait for their request for too long are ended. A connection that has to take too much, or does not take within the
 * timeout what waits for it, is closed.
 *
 * <p>Threading: its event loop; {@link #isCongested} and {@link #refused} any thread.
 */
final class WatchedConnection {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedConnection.class);
    private static final long LOOK = 1000; // milliseconds
    private static final long FAIR = 64 * 1024; // bytes that a connection may have to take however much all others have
    private static final long UNDER_PRESSURE = 2_000_000_000; // nanoseconds for taking anything, when all have too much
    private static final long SECOND = 1_000_000_000; // nanoseconds
    private static final int TAKEN_PER_CONTROL = 10; // bytes; the smallest event and its frame have four times as many
    private static final int HEADER_TABLE = 4096; // bytes; HTTP/2's default

    private final Channel channel;
    private final Http2ConnectionHandler http2;
    private final GrpcSettings settings;
    private final ConnectionTotals totals;
    private final RequestFrames requests;
    private long keptOfRequests; // bytes
    private volatile long unread; // bytes of replies; written by the loop
    private final AtomicInteger waitingCalls = new AtomicInteger();
    private int refused; // calls since it was looked at
    private long controls; // frames that belong to no request, since they are counted
    private long controlsSince = System.nanoTime();
    private long takenSince; // bytes of replies that had been taken then
    private long taken; // bytes of replies, since the connection began
    private long target; // of what is taken, when everything is that waited when it was looked at
    private boolean isBehind; // there is a target
    private long behindSince; // nanoseconds
    private long takenBefore; // bytes, when something had been taken the last time it was looked at
    private long takenAt; // nanoseconds
    private boolean looking;
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

    /** A client may allow a header table of any size, which would be filled with what it has made the service say. */
    void boundHeaderTable() throws Http2Exception {
        Http2HeadersEncoder.Configuration headers =
                http2.encoder().configuration().headersConfiguration();
        if (headers.maxHeaderTableSize() > HEADER_TABLE) {
            headers.maxHeaderTableSize(HEADER_TABLE);
        }
    }

    /** Whether so many headers wait in the socket's buffer, which no window bounds, that nothing more may be asked for. */
    boolean ignoresReplies() {
        return channel.bytesBeforeWritable()
                > settings.maxUnreadSizePerConnection().toBytes();
    }

    /** Waits until what was sent before by this thread has been written, but not for long. */
    void awaitWritten() {
        try {
            loop().submit(() -> {}).get(LOOK, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.debug("It is not known what has been written", e);
        }
    }

    /** One more call waits for its request or its answer. Returns how many of the connection do. */
    int callWaits() {
        return waitingCalls.incrementAndGet();
    }

    /** One waits no more. */
    void callWaitsNoMore() {
        waitingCalls.decrementAndGet();
    }

    /** A call has been refused, since too many wait: that costs little, but not nothing. Any thread. */
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
            close("it goes on calling though it is refused");
        }
    }

    /**
     * A frame that belongs to no request has arrived. A client that reads replies with them (it opens windows, and measures
     * the line), as many as it likes for what it has read.
     */
    void controlled() {
        if (++controls <= settings.maxControlFramesPerSecond() + (taken - takenSince) / TAKEN_PER_CONTROL) {
            return;
        }
        long now = System.nanoTime();
        if (now - controlsSince < SECOND) {
            close("it sends too many control frames");
        }
        controls = 1;
        controlsSince = now;
        takenSince = taken;
    }

    /** More, or less, is kept of incomplete requests. */
    void keeps(long more) {
        keptOfRequests += more;
        totals.requests().add(more);
    }

    /** Whether a call that keeps something may do so. */
    boolean mayKeep(long ofCall) {
        return ofCall == 0
                || (keptOfRequests <= settings.maxIncompletePerConnection()
                        && totals.requests().sum()
                                <= settings.maxIncompleteSize().toBytes());
    }

    /** A reply has been written. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // the loop's alone
    void queued(int bytes) {
        unread += bytes;
        totals.replies().add(bytes);
        if (unread > settings.mostUnreadPerConnection()) {
            loop().execute(() -> close("it does not read its replies"));
        }
        watch();
    }

    /** The client, or the end of its call, has taken a reply away. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // the loop's alone
    void taken(int bytes) {
        unread -= bytes;
        taken += bytes;
        totals.replies().add(-bytes);
    }

    /** Whether so many replies wait for the client that there must be no more. */
    boolean isCongested() {
        return unread > settings.maxUnreadSizePerConnection().toBytes() || (unread > FAIR && areAllCongested());
    }

    private boolean areAllCongested() {
        return totals.replies().sum() > settings.maxUnreadSize().toBytes();
    }

    /** There is something to look at, in a while. */
    void watch() {
        if (!looking) {
            looking = true;
            loop().schedule(this::look, LOOK, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        looking = false;
        if (!channel.isActive() || closing) {
            return;
        }
        long now = System.nanoTime();
        refused = 0;
        endLateCalls(now);
        closeIfBehind(now);
        if (unread > 0 || requests.areOpen()) {
            watch();
        }
    }

    private void endLateCalls(long now) {
        try {
            RequestFrames.Over over =
                    requests.over(now, settings.requestTimeout().toNanos());
            for (int call : over.late()) {
                fail(Http2Exception.streamError(call, Http2Error.ENHANCE_YOUR_CALM, "the request takes too long"));
            }
            for (int call : over.answered()) {
                fail(Http2Exception.streamError(call, Http2Error.NO_ERROR, "the call is answered"));
            }
        } catch (Http2Exception e) {
            fail(e);
        }
    }

    /**
     * A client that is slow, or whose service is, takes a little now and then, and has the whole timeout for what waits. When
     * all have too much, one that takes nothing at all has no such time.
     */
    private void closeIfBehind(long now) {
        if (!isBehind || taken != takenBefore || unread <= FAIR || !areAllCongested()) {
            takenBefore = taken;
            takenAt = now;
        }
        if (unread == 0) {
            isBehind = false;
        } else if (!isBehind || taken >= target) {
            isBehind = true;
            target = taken + unread;
            behindSince = now;
        }
        if (now - takenAt >= UNDER_PRESSURE
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
            loop().schedule(this::cut, LOOK, TimeUnit.MILLISECONDS); // its end may wait behind what is not read
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
