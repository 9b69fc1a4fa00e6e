package io.chittychat.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;

/** A connection with encryption. Tomcat uses the object for one connection after the other. */
final class TlsChannel extends SecureNioChannel implements BackloggedChannel {

    private volatile @Nullable Backlog backlog;

    TlsChannel(SocketBufferHandler buffers, NioEndpoint endpoint) {
        super(buffers, endpoint);
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

    /** Sends encrypted bytes. */
    @Override
    protected boolean flush(ByteBuffer encrypted) throws IOException {
        Backlog open = backlog;
        if (open == null) {
            return super.flush(encrypted);
        }
        if (!isClosing()) {
            open.write(encrypted);
        } else if (open.isSent()) { // the backlog has ended, and nothing that comes before this was lost
            return super.flush(encrypted);
        } else {
            encrypted.position(encrypted.limit());
        }
        return true;
    }
}
