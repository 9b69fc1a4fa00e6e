package io.chittychat.bench.load;

import io.chittychat.bench.BenchException;
import io.chittychat.bench.protocol.Output;
import io.chittychat.bench.protocol.ProtocolClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection. Threading: its loop. */
final class ServerConnection implements AutoCloseable {

    private final Loop loop;
    private final SocketChannel channel;
    private final ProtocolClient client;
    private final String owner;
    private final Output output = new Output();
    private byte[] rest = new byte[0]; // bytes of an incomplete message
    private int restSize;
    private @Nullable SelectionKey key;

    ServerConnection(Loop loop, SocketChannel channel, ProtocolClient client, String owner) {
        this.loop = loop;
        this.channel = channel;
        this.client = client;
        this.owner = owner;
    }

    void register(Selector selector) throws IOException {
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    ProtocolClient client() {
        return client;
    }

    Output output() {
        return output;
    }

    void publish(byte[] text) {
        boolean first = output.isEmpty();
        client.publish(output, text);
        if (first) {
            loop.changed(this);
        }
    }

    /** @param in is shared by all links */
    void read(ByteBuffer in) {
        try {
            in.clear().put(rest, 0, restSize);
            if (channel.read(in) < 0) {
                throw new BenchException(owner + " closed a connection");
            }
            loop.markRead();
            in.flip();
            boolean first = output.isEmpty();
            client.read(in, output);
            keep(in);
            if (first && !output.isEmpty()) {
                loop.changed(this);
            }
        } catch (IOException e) {
            throw new BenchException(owner + " broke a connection: " + e.getMessage(), e);
        } catch (BenchException e) {
            throw new BenchException(owner + ": " + e.getMessage(), e);
        }
    }

    private void keep(ByteBuffer in) {
        restSize = in.remaining();
        if (restSize == in.capacity()) {
            throw new BenchException("a message does not fit into " + restSize + " bytes");
        }
        if (restSize > rest.length) {
            rest = new byte[2 * restSize];
        }
        in.get(rest, 0, restSize);
    }

    /** Writes as much as the connection takes, and the rest later. */
    void write() {
        try {
            output.writeTo(channel);
            int wanted = output.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
            if (key != null && key.interestOps() != wanted) {
                key.interestOps(wanted);
            }
        } catch (IOException e) {
            throw new BenchException(owner + " broke a connection: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new BenchException("cannot close a connection: " + e, e);
        }
    }
}
