package io.chittychat.server.transport;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Connection;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Flags;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameListener;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Settings;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees the frames of a connection before gRPC does. It tracks incomplete requests, and ends calls and connections that
 * exceed the limits for them.
 *
 * <p>Threading: the event loop of the connection.
 */
final class RequestFrames extends Http2FrameListenerDecorator {

    private static final int MAX_EMPTY = 1000; // consecutive DATA frames without data

    private final Http2Connection http2;
    private final WatchedConnection connection;
    private final Http2Connection.PropertyKey key;
    private int open; // calls whose client has not ended its side
    private int empty; // DATA frames without data since the last one with data

    RequestFrames(Http2FrameListener grpc, Http2Connection http2, WatchedConnection connection) {
        super(grpc);
        this.http2 = http2;
        this.connection = connection;
        this.key = http2.newKey();
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean last)
            throws Http2Exception {
        if (connection.ignoresReplies()) {
            throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many replies are not read");
        }
        Http2Stream call = http2.stream(stream);
        if (call != null && !last && request(call) == null) {
            call.setProperty(key, new IncomingRequest(System.nanoTime()));
            open++;
            connection.watch();
        } else if (call != null && last) {
            closed(call);
        }
        super.onHeadersRead(context, stream, headers, dependency, weight, exclusive, padding, last);
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean last)
            throws Http2Exception {
        if (data.isReadable()) {
            empty = 0;
        } else if (!last && ++empty > MAX_EMPTY) {
            throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many frames without data");
        }
        Http2Stream call = http2.stream(stream);
        IncomingRequest request = call == null ? null : request(call);
        if (request == null) {
            return super.onDataRead(context, stream, data, padding, last);
        }
        take(request, data, last);
        if (!connection.mayKeep(request.kept())) {
            throw Http2Exception.streamError(
                    stream, Http2Error.ENHANCE_YOUR_CALM, "too much of incomplete requests is kept");
        }
        return request.kept() == 0
                ? super.onDataRead(context, stream, data, padding, last)
                : copied(context, stream, data, padding, last);
    }

    private void take(IncomingRequest request, ByteBuf data, boolean last) {
        long kept = request.kept();
        request.take(data, System.nanoTime());
        if (last) {
            request.end();
        }
        connection.keeps(request.kept() - kept);
        connection.watch();
    }

    /** Passes a copy of the data on: gRPC keeps it, and would keep the larger buffer that it is part of. */
    private int copied(ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean last)
            throws Http2Exception {
        ByteBuf copy =
                context.alloc().buffer(data.readableBytes()).writeBytes(data, data.readerIndex(), data.readableBytes());
        try {
            return super.onDataRead(context, stream, copy, padding, last);
        } finally {
            copy.release();
        }
    }

    @Override
    public void onPriorityRead(
            ChannelHandlerContext context, int stream, int dependency, short weight, boolean exclusive)
            throws Http2Exception {
        connection.controlled();
        super.onPriorityRead(context, stream, dependency, weight, exclusive);
    }

    @Override
    public void onPingRead(ChannelHandlerContext context, long data) throws Http2Exception {
        connection.controlled();
        super.onPingRead(context, data);
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext context, long data) throws Http2Exception {
        connection.controlled();
        super.onPingAckRead(context, data);
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext context, int stream, int increment) throws Http2Exception {
        connection.controlled();
        super.onWindowUpdateRead(context, stream, increment);
    }

    @Override
    public void onUnknownFrame(ChannelHandlerContext context, byte type, int stream, Http2Flags flags, ByteBuf payload)
            throws Http2Exception {
        connection.controlled();
        super.onUnknownFrame(context, type, stream, flags, payload);
    }

    @Override
    public void onSettingsAckRead(ChannelHandlerContext context) throws Http2Exception {
        connection.controlled();
        super.onSettingsAckRead(context);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) throws Http2Exception {
        connection.controlled();
        super.onSettingsRead(context, settings);
        connection.boundHeaderTable();
    }

    /** A call has ended, or its request is complete: gRPC no longer keeps a part of it. */
    void closed(Http2Stream call) {
        IncomingRequest request = call.removeProperty(key);
        if (request != null) {
            connection.keeps(-request.kept());
            open--;
        }
    }

    /** Whether there is a call whose client has not ended its side. */
    boolean hasOpen() {
        return open > 0;
    }

    /**
     * Calls that the server has to end, by their stream ids.
     *
     * @param late calls that waited for their request for the timeout
     * @param answered calls that were answered by the last check, and that their clients have not ended
     */
    record Overdue(List<Integer> late, List<Integer> answered) {}

    /** Finds the calls that the server has to end. Times are in nanoseconds. */
    Overdue findOverdue(long now, long timeout) throws Http2Exception {
        Overdue overdue = new Overdue(new ArrayList<>(), new ArrayList<>());
        if (open > 0) {
            http2.forEachActiveStream(call -> {
                IncomingRequest request = request(call);
                if (request != null && call.state() == Http2Stream.State.HALF_CLOSED_LOCAL) {
                    if (request.noteAnswered()) {
                        overdue.answered().add(call.id());
                    }
                } else if (request != null && request.isLate(now, timeout)) {
                    overdue.late().add(call.id());
                }
                return true;
            });
        }
        return overdue;
    }

    private @Nullable IncomingRequest request(Http2Stream call) {
        return call.getProperty(key);
    }
}
