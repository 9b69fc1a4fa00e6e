package io.chittychat.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;

/** A connection without encryption. Tomcat uses the object for one connection after the other. */
final class PlainChannel extends NioChannel implements BackloggedChannel {

    private volatile @Nullable Backlog backlog;

    PlainChannel(SocketBufferHandler buffers) {
        super(buffers);
    }

    @Override
    public void use(Backlog backlog) {
        this.backlog = backlog;
    }

    @Override
    public void reset(SocketChannel socket, NioSocketWrapper connection) throws IOException {
        backlog = null;
        super.reset(socket, connection);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        Backlog open = backlog;
        if (open == null) {
            return super.write(bytes);
        }
        int count = bytes.remaining();
        open.write(bytes);
        return count;
    }

    @Override
    public long write(ByteBuffer[] parts, int offset, int length) throws IOException {
        Backlog open = backlog;
        if (open == null) {
            return super.write(parts, offset, length);
        }
        long count = 0;
        for (int i = offset; i < offset + length; i++) {
            count += parts[i].remaining();
            open.write(parts[i]);
        }
        return count;
    }
}
