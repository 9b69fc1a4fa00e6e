package io.chittychat.demo.faults.flood;

import io.chittychat.demo.faults.http2.Calls;
import io.chittychat.demo.faults.http2.Frame;
import io.chittychat.demo.faults.http2.PendingReply;
import io.chittychat.demo.faults.http2.RawConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A flood under way: its connections, which all end with it, and how long it goes on. It runs in a thread of its own, so that
 * a service that takes nothing more does not hold up who watches. Safe for use by several threads.
 */
final class Attack implements AutoCloseable {

    private static final int CONNECT_MILLIS = 10_000;
    private static final int TIRED_MILLIS = 20; // after a connection that was closed at once

    private final InetSocketAddress grpc;
    private final InetSocketAddress http;
    private final String token;
    private volatile long end;
    private final Queue<AutoCloseable> connections = new ConcurrentLinkedQueue<>();
    private volatile Thread thread = new Thread();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong cutOff = new AtomicLong();

    /** @param token of a session that the attacker has */
    Attack(InetSocketAddress grpc, InetSocketAddress http, String token, Duration length) {
        this.grpc = grpc;
        this.http = http;
        this.token = token;
        this.end = System.nanoTime() + length.toNanos();
    }

    /** Plays the flood in a thread of its own until its time is over. */
    void begin(Flood flood) {
        thread = new Thread(() -> repeat(flood), "flood");
        thread.start();
    }

    private void repeat(Flood flood) {
        while (goesOn()) {
            try {
                flood.action().play(this);
            } catch (IOException e) {
                if (goesOn()) {
                    cutOff.incrementAndGet();
                    pause(TIRED_MILLIS);
                }
            }
        }
    }

    boolean goesOn() {
        return System.nanoTime() < end;
    }

    /** Waits as an attacker does who has time, until the flood is over at the latest. */
    void pause(long millis) {
        long until = Math.min(end, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    /** Keeps the connection open until the flood is over, or the service has closed it. */
    void hold(RawConnection connection) {
        while (goesOn() && !connection.isClosed()) {
            pause(TIRED_MILLIS);
        }
    }

    /** A connection of HTTP/2 on which nothing is read but what has to be answered. */
    RawConnection connect(int... settings) throws IOException {
        RawConnection connection = RawConnection.open(grpc, Attack::ignore, () -> {}, settings);
        connections.add(connection);
        return connection;
    }

    private static void ignore(Frame frame) {}

    /** A connection that respects HTTP/2's windows and reads replies. */
    Calls calls() throws IOException {
        Calls calls = new Calls(grpc);
        connections.add(calls);
        return calls;
    }

    /** Waits for an answer, until the flood is over at the latest. */
    void await(PendingReply reply) {
        try {
            reply.end().get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // The flood is over.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A connection to the gRPC port on which nothing was sent. */
    Socket plain() throws IOException {
        return plain(grpc);
    }

    /** A connection to the HTTP port on which nothing was sent. */
    Socket plainHttp() throws IOException {
        return plain(http);
    }

    private Socket plain(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        connections.add(socket);
        socket.connect(address, CONNECT_MILLIS);
        return socket;
    }

    /** Sends the same bytes until the flood is over. */
    void repeat(RawConnection connection, byte[] bytes) throws IOException {
        while (goesOn()) {
            send(connection, bytes);
        }
    }

    void send(RawConnection connection, byte[] bytes) throws IOException {
        connection.send(bytes);
        sent.addAndGet(bytes.length);
    }

    String token() {
        return token;
    }

    /** Bytes that were sent as part of it. */
    long sent() {
        return sent.get();
    }

    /** How often the service ended a connection. */
    long cutOff() {
        return cutOff.get();
    }

    /** Ends the flood with all that it has opened. */
    @Override
    public void close() {
        end = System.nanoTime();
        closeConnections();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeConnections(); // and the last one, which may have been opened meanwhile
    }

    private void closeConnections() {
        for (AutoCloseable connection : connections) {
            try {
                connection.close();
            } catch (Exception e) {
                // It is closed all the same.
            }
        }
    }
}
