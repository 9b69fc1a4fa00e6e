package io.chittychat.bench.protocol;

import io.chittychat.bench.BenchException;
import java.nio.ByteBuffer;

/** Walks the responses of Broadcast in JSON, whole messages at a time, and checks that Lamport times strictly increase. */
final class JsonEventWalker extends MessageWalker {

    private static final String LAMPORT_TIME = "lamportTime";
    private static final String TYPE = "type";
    private static final String PUBLISHED = "EVENT_TYPE_PUBLISHED";
    private static final String TEXT = "text";
    private static final String CAUGHT_UP = "caughtUp";

    private final ProtocolClient told;
    private final Advance times = new Advance();
    private boolean published; // the type of the event that is being read

    JsonEventWalker(ProtocolClient told) {
        this.told = told;
    }

    @Override
    int fieldEnd(ByteBuffer in, int at, int to, int left) {
        return at + left;
    }

    /** Takes each name with the value after it, if that is a string. */
    @Override
    void field(ByteBuffer in, int from, int end) {
        int name = quote(in, from, end);
        while (name < end) {
            int nameEnd = stringEnd(in, name + 1, end);
            if (is(CAUGHT_UP, in, name + 1, nameEnd)) { // it follows the events
                told.becomeReady();
                return;
            }
            int next = nameEnd + 1;
            if (next + 1 < end && in.get(next) == ':' && in.get(next + 1) == '"') {
                int valueEnd = stringEnd(in, next + 2, end);
                value(in, name + 1, nameEnd, next + 2, valueEnd);
                next = valueEnd + 1;
            }
            name = quote(in, next, end);
        }
    }

    private void value(ByteBuffer in, int name, int nameEnd, int from, int end) {
        if (is(LAMPORT_TIME, in, name, nameEnd)) {
            times.to(number(in, from, end));
            published = false;
        } else if (is(TYPE, in, name, nameEnd)) {
            published = is(PUBLISHED, in, from, end);
        } else if (published && is(TEXT, in, name, nameEnd)) {
            told.delivered(in, from);
        }
    }

    private static int quote(ByteBuffer in, int from, int end) {
        int at = from;
        while (at < end && in.get(at) != '"') {
            at++;
        }
        return at;
    }

    /** The place of the quote that ends a string. */
    private static int stringEnd(ByteBuffer in, int from, int end) {
        for (int at = from; at < end; at++) {
            byte octet = in.get(at);
            if (octet == '"') {
                return at;
            }
            at += octet == '\\' ? 1 : 0;
        }
        throw new BenchException("a message ends within a string");
    }

    private static boolean is(String word, ByteBuffer in, int from, int end) {
        return end - from == word.length() && AsciiLines.startsWith(in, from, end, word);
    }

    private static long number(ByteBuffer in, int from, int end) {
        long number = 0;
        for (int at = from; at < end; at++) {
            number = 10 * number + in.get(at) - '0';
        }
        return number;
    }
}
