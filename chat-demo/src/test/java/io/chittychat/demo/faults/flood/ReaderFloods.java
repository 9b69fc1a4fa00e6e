package io.chittychat.demo.faults.flood;

import io.chittychat.demo.faults.http2.Frames;
import io.chittychat.demo.faults.http2.HeaderBlock;
import io.chittychat.demo.faults.http2.RawConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.List;

/** Callers that want much and read nothing of it. */
final class ReaderFloods {

    private static final int MANY = 20; // calls at a time
    private static final int PAUSE_MILLIS = 5; // so that replies come into being
    private static final int MOST = 2000; // calls of one connection
    private static final int REPLIES = 50; // calls at a time whose replies are small

    private ReaderFloods() {}

    static List<Flood> all() {
        return List.of(
                new Flood(
                        "zero window: ListEvents",
                        attack -> unread(attack, 0, "ListEvents", Messages.listEvents(attack.token()))),
                new Flood(
                        "zero window: Broadcast",
                        attack -> unread(attack, 0, "Broadcast", Messages.broadcast(attack.token(), 1))),
                new Flood(
                        "zero window: Publish",
                        attack -> unread(attack, 0, "Publish", Messages.publish(attack.token()))),
                new Flood("zero window: PublishStream", ReaderFloods::unreadStream),
                new Flood(
                        "window of a byte: ListEvents",
                        attack -> unread(attack, 1, "ListEvents", Messages.listEvents(attack.token()))),
                new Flood(
                        "unread socket: ListEvents",
                        attack -> unreadSocket(attack, "ListEvents", Messages.listEvents(attack.token()))),
                new Flood(
                        "unread socket: Broadcast",
                        attack -> unreadSocket(attack, "Broadcast", Messages.broadcast(attack.token(), 1))),
                new Flood(
                        "history at once", attack -> read(attack, "ListEvents", Messages.listEvents(attack.token()))));
    }

    /** Calls whose replies the service may not send. */
    private static void unread(Attack attack, int window, String method, byte[] message) throws IOException {
        RawConnection connection = attack.connect(Frames.INITIAL_WINDOW_SIZE, window);
        for (int i = 0; i < MOST && attack.goesOn(); i += MANY) {
            attack.send(connection, calls(connection, method, message, MANY));
            attack.pause(PAUSE_MILLIS);
        }
        attack.hold(connection);
    }

    private static void unreadStream(Attack attack) throws IOException {
        RawConnection connection = attack.connect(Frames.INITIAL_WINDOW_SIZE, 0);
        int stream = connection.nextStream();
        connection.send(Frames.headers(stream, HeaderBlock.of("PublishStream")));
        byte[] many = Frames.data(stream, Frames.repeat(Messages.publish(attack.token()), MANY));
        while (attack.goesOn()) {
            attack.send(connection, many);
            attack.pause(PAUSE_MILLIS);
        }
    }

    /** Calls on a connection that reads no byte, with windows for all replies. */
    private static void unreadSocket(Attack attack, String method, byte[] message) throws IOException {
        Socket socket = attack.plain();
        socket.getOutputStream()
                .write(Frames.join(
                        Frames.preface(),
                        Frames.settings(Frames.INITIAL_WINDOW_SIZE, 0x7fffffff),
                        Frames.windowUpdate(0, 0x7fff0000)));
        int stream = 1;
        while (attack.goesOn() && stream < 2 * MOST) {
            socket.getOutputStream().write(call(stream, method, message));
            stream += 2;
            attack.pause(1);
        }
        while (attack.goesOn()) {
            attack.pause(PAUSE_MILLIS);
        }
    }

    /** Calls of which all is read, so that the service has as many under way as it wants to. */
    private static void read(Attack attack, String method, byte[] message) throws IOException {
        RawConnection connection = attack.connect(Frames.INITIAL_WINDOW_SIZE, 0x7fffffff);
        for (int i = 0; i < MOST && attack.goesOn(); i += REPLIES) {
            attack.send(connection, calls(connection, method, message, REPLIES));
            attack.pause(PAUSE_MILLIS);
        }
    }

    private static byte[] calls(RawConnection connection, String method, byte[] message, int count) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.writeBytes(call(connection.nextStream(), method, message));
        }
        return all.toByteArray();
    }

    private static byte[] call(int stream, String method, byte[] message) {
        return Frames.join(Frames.headers(stream, HeaderBlock.of(method)), Frames.lastData(stream, message));
    }
}
