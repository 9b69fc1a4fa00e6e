package io.chittychat.demo.faults.http2;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A connection on which anything can be sent. What comes is read by a thread of its own, which answers SETTINGS and PING
 * as HTTP/2 wants it. Safe for use by several threads.
 */
public final class RawConnection implements AutoCloseable {

    private static final int CONNECT_MILLIS = 10_000;
    private static final int FIRST_WINDOW = 65_535;
    private static final int LARGEST_WINDOW = 0x7fffffff;

    private final Socket socket;
    private final OutputStream out; // guarded by itself
    private final AtomicInteger nextStream = new AtomicInteger(1);
    private final Consumer<Frame> listener;
    private final Runnable end;

    private RawConnection(Socket socket, Consumer<Frame> listener, Runnable end) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.listener = listener;
        this.end = end;
    }

    /**
     * Opens a connection with a window for all that may come.
     *
     * @param listener gets each frame, in the reading thread
     * @param end is run there when the connection has ended
     * @param settings a setting's number, its value, and so on
     */
    public static RawConnection open(InetSocketAddress address, Consumer<Frame> listener, Runnable end, int... settings)
            throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(address, CONNECT_MILLIS);
        RawConnection connection = new RawConnection(socket, listener, end);
        connection.send(
                Frames.preface(), Frames.settings(settings), Frames.windowUpdate(0, LARGEST_WINDOW - FIRST_WINDOW));
        Thread reader = new Thread(connection::read, "raw-connection");
        reader.setDaemon(true);
        reader.start();
        return connection;
    }

    /** A number for one more stream. */
    public int nextStream() {
        return nextStream.getAndAdd(2);
    }

    /** Sends bytes; waits for as long as the service does not take them. */
    public void send(byte[]... parts) throws IOException {
        byte[] all = parts.length == 1 ? parts[0] : Frames.join(parts);
        synchronized (out) {
            out.write(all);
        }
    }

    private void read() {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
            while (true) {
                Frame frame = Frame.read(in);
                answer(frame);
                listener.accept(frame);
            }
        } catch (IOException e) {
            close(); // by the service, or by the owner
        } finally {
            end.run();
        }
    }

    private void answer(Frame frame) throws IOException {
        boolean asks = frame.type() == Frame.SETTINGS || frame.type() == Frame.PING;
        if (asks && !frame.has(Frame.ACK)) {
            byte[] echo = frame.type() == Frame.PING ? frame.payload() : new byte[0];
            send(Frames.frame(frame.type(), Frame.ACK, 0, echo));
        }
    }

    /** Says that nothing more will be sent, and goes on reading. */
    public void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }
}
