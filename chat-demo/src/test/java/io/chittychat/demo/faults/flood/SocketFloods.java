package io.chittychat.demo.faults.flood;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.chittychat.demo.faults.http2.Frames;
import io.chittychat.demo.faults.http2.HeaderBlock;
import io.chittychat.demo.faults.http2.RawConnection;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Connections that are no HTTP/2, say nothing, or are held open on the port of HTTP. */
final class SocketFloods {

    private static final int MANY = 1000; // connections
    private static final int PAUSE_MILLIS = 100;
    private static final byte[] GARBAGE = Frames.repeat(new byte[] {(byte) 0xde, (byte) 0xad, '\r', '\n'}, 1000);
    private static final byte[] HTTP_1 = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] UPGRADE =
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n"
                    .getBytes(US_ASCII);

    /** The beginning of a handshake of TLS 1.2, which announces more than it has. */
    private static final byte[] CLIENT_HELLO =
            Frames.join(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3}, new byte[500]);

    private SocketFloods() {}

    static List<Flood> all() {
        return List.of(
                new Flood("garbage for a preface", attack -> say(attack.plain(), GARBAGE)),
                new Flood(
                        "garbage behind the preface",
                        attack -> say(attack.plain(), Frames.join(Frames.preface(), GARBAGE))),
                new Flood("TLS to a port without", attack -> say(attack.plain(), CLIENT_HELLO)),
                new Flood("HTTP/1.1 to the gRPC port", attack -> say(attack.plain(), HTTP_1)),
                new Flood("an upgrade from HTTP/1.1", attack -> say(attack.plain(), UPGRADE)),
                new Flood("connections that say nothing", SocketFloods::silent),
                new Flood("connections closed at once", attack -> attack.plain().close()),
                new Flood("half-closed connections", SocketFloods::halfClosed),
                new Flood("connections cut within a message", SocketFloods::cut),
                new Flood("slow headers on the HTTP port", SocketFloods::slowHttp),
                new Flood("garbage to the HTTP port", attack -> say(attack.plainHttp(), GARBAGE)));
    }

    /** Says it and waits for the service to hang up. */
    private static void say(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
        while (socket.getInputStream().read() >= 0) {
            // What the service has to say about it does not matter.
        }
        socket.close();
    }

    private static void silent(Attack attack) throws IOException {
        for (int i = 0; i < MANY && attack.goesOn(); i++) {
            attack.plain();
        }
        while (attack.goesOn()) {
            attack.pause(PAUSE_MILLIS);
        }
    }

    private static void halfClosed(Attack attack) throws IOException {
        RawConnection connection = attack.connect();
        int stream = connection.nextStream();
        connection.send(
                Frames.headers(stream, HeaderBlock.of("Broadcast")),
                Frames.lastData(stream, Messages.broadcast(attack.token(), 0)));
        connection.halfClose();
        attack.pause(1);
    }

    private static void cut(Attack attack) throws IOException {
        RawConnection connection = attack.connect();
        int stream = connection.nextStream();
        connection.send(
                Frames.headers(stream, HeaderBlock.of("Publish")), Frames.data(stream, Messages.announced(MANY)));
        connection.close();
    }

    private static void slowHttp(Attack attack) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < MANY && attack.goesOn(); i++) {
            Socket socket = attack.plainHttp();
            socket.getOutputStream().write("GET /actuator/health HTTP/1.1\r\nHost: x\r\n".getBytes(US_ASCII));
            sockets.add(socket);
        }
        while (attack.goesOn()) {
            for (Socket socket : sockets) {
                socket.getOutputStream().write("x: y\r\n".getBytes(US_ASCII));
            }
            attack.pause(PAUSE_MILLIS);
        }
    }
}
