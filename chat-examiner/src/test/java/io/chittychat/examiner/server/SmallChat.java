package io.chittychat.examiner.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A chat as a student may write it, with faults on request. Safe for use by several threads: it has one lock. */
final class SmallChat {

    /** A message that is too long. */
    static final class TooLong extends Exception {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("the message is too long");
        }
    }

    private static final int MOST = 128;
    private static final int BACK_AT = 8;

    private final Set<Fault> faults;
    private final Map<String, Ear<?>> ears = new LinkedHashMap<>();
    private long clock;
    private int events;

    SmallChat(Set<Fault> faults) {
        this.faults = faults;
    }

    synchronized void join(String name, Ear<?> ear, long received) {
        witness(received);
        if (has(Fault.NEWCOMER_NOT_TOLD)) {
            tell("joined", name, "");
            ears.put(name, ear);
        } else {
            ears.put(name, ear);
            tell("joined", name, "");
        }
    }

    synchronized long publish(String name, String text, long received) throws TooLong {
        if (lengthOf(text) > MOST && !has(Fault.NO_LIMIT) && !has(Fault.SHORTENS)) {
            throw new TooLong();
        }
        witness(received);
        tell("published", name, lengthOf(text) > MOST && has(Fault.SHORTENS) ? shortened(text) : text);
        return clock;
    }

    synchronized void leave(String name, long received) {
        if (ears.remove(name) != null) {
            witness(received);
            tell("left", name, "");
            if (has(Fault.LEAVE_TOLD_TWICE)) {
                tell("left", name, "");
            }
        }
    }

    synchronized void lost(String name) {
        if (has(Fault.CRASH_NOT_TOLD)) {
            ears.remove(name);
        } else {
            leave(name, 0);
        }
    }

    boolean has(Fault fault) {
        return faults.contains(fault);
    }

    private static String shortened(String text) {
        return text.substring(0, text.offsetByCodePoints(0, MOST));
    }

    private int lengthOf(String text) {
        if (has(Fault.COUNTS_BYTES)) {
            return text.getBytes(UTF_8).length;
        }
        return has(Fault.COUNTS_UTF_16) ? text.length() : text.codePointCount(0, text.length());
    }

    private void witness(long received) {
        clock = has(Fault.IGNORES_RECEIVED_TIMES) ? clock : Math.max(clock, received);
    }

    private void tell(String kind, String name, String text) {
        clock++;
        if (++events == BACK_AT && has(Fault.CLOCK_GOES_BACK)) {
            clock -= 4;
        }
        for (Map.Entry<String, Ear<?>> ear : List.copyOf(ears.entrySet())) {
            if (has(Fault.TICKS_PER_RECIPIENT)) {
                clock++;
            }
            boolean dropped = (has(Fault.DROPS_FOR_SLOW) && !ear.getValue().isReady())
                    || (has(Fault.AUTHOR_NOT_TOLD)
                            && kind.equals("published")
                            && ear.getKey().equals(name));
            if (!dropped) {
                ear.getValue().hear(new Told(kind, name, text, clock));
            }
        }
    }
}
