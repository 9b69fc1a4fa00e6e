package io.chittychat.bench.protocol;

import io.chittychat.bench.BenchException;
import java.nio.ByteBuffer;

/**
 * Walks the messages of gRPC or Connect field by field, independent of the frames of the stream: complete fields in place, other
 * fields in a copy.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md">gRPC over HTTP2</a>
 * @see <a href="https://connectrpc.com/docs/protocol#streaming-rpcs">Connect protocol</a>
 */
abstract class MessageWalker {

    /** The bytes before a message: flags, and the length. */
    static final int PREFIX = 5;

    private static final int WIRE_TYPE = 7;
    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int LEAST = 64;

    private ByteBuffer cut = ByteBuffer.allocate(0); // the beginning of a field, or of a prefix; filled to its position
    private int messageLeft;

    /** A complete field with its tag. */
    abstract void field(ByteBuffer in, int from, int end);

    /** Walks the next bytes of the stream. */
    final void walk(ByteBuffer in, int from, int to) {
        int at = cut.position() == 0 ? from : mend(in, from, to);
        for (int end = end(in, at, to); end >= 0 && end <= to; end = end(in, at, to)) {
            take(in, at, end);
            at = end;
        }
        keep(in, at, to);
    }

    private void take(ByteBuffer in, int at, int end) {
        if (messageLeft > 0) {
            messageLeft -= end - at;
            field(in, at, end);
        } else if (in.get(at) == 0) {
            messageLeft = in.getInt(at + 1);
        } else {
            throw new BenchException("a message is compressed, or the last: "
                    + ProtocolClient.unexpected(in, at, in.limit()).getMessage());
        }
    }

    /** The end of the item that begins at a place, which may be after {@code to}; -1 if it is not known yet. */
    private int end(ByteBuffer in, int at, int to) {
        return messageLeft == 0 ? at + PREFIX : fieldEnd(in, at, to, messageLeft);
    }

    /**
     * The same for a field.
     *
     * @param left the bytes of the message from there on
     */
    int fieldEnd(ByteBuffer in, int at, int to, int left) {
        int afterTag = Varints.after(in, at, to);
        int afterNumber = afterTag < 0 ? -1 : Varints.after(in, afterTag, to);
        if (afterNumber < 0) {
            return -1;
        }
        return switch (in.get(at) & WIRE_TYPE) {
            case VARINT -> afterNumber;
            case BYTES -> afterNumber + (int) Varints.value(in, afterTag, afterNumber);
            default -> throw new BenchException("a message has a field of no known kind");
        };
    }

    /** Completes a cut item, byte by byte until its length is known. Returns the beginning of the next item. */
    private int mend(ByteBuffer in, int from, int to) {
        int at = from;
        while (at < to) {
            int end = end(cut, 0, cut.position());
            int count = end < 0 ? 1 : Math.min(end - cut.position(), to - at);
            keep(in, at, at + count);
            at += count;
            if (end(cut, 0, cut.position()) == cut.position()) {
                take(cut, 0, cut.position());
                cut.clear();
                return at;
            }
        }
        return at;
    }

    private void keep(ByteBuffer in, int from, int to) {
        int count = to - from;
        if (count > cut.remaining()) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(LEAST, 2 * (cut.position() + count)));
            cut = larger.put(cut.flip());
        }
        cut.put(cut.position(), in, from, count);
        cut.position(cut.position() + count);
    }
}
