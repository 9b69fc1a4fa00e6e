package io.chittychat.examiner.participant;

import io.chittychat.examiner.mapping.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that one participant has received. Safe for use by several threads. */
public final class Hearing {

    private static final int MOST = 50_000;
    private static final int MOST_SHOWN = 200;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Heard> all = new ArrayList<>();
    private int refusals;
    private String unread = "";
    private @Nullable String end;

    void hear(Event event, long clock) {
        change(() -> {
            if (all.size() < MOST) {
                all.add(new Heard(all.size(), event, clock));
            }
        });
    }

    void refusal() {
        change(() -> refusals++);
    }

    /** Remembers a message in which the mapping finds no event. */
    void unread(String message) {
        change(() -> unread = message.strip()
                .substring(0, Math.min(MOST_SHOWN, message.strip().length())));
    }

    void end(String how) {
        change(() -> end = how);
    }

    private void change(Runnable how) {
        lock.lock();
        try {
            how.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> what) {
        lock.lock();
        try {
            return what.get();
        } finally {
            lock.unlock();
        }
    }

    /** How many events have been received: the place of the next one. */
    public int size() {
        return locked(all::size);
    }

    /** All events. */
    public List<Heard> all() {
        return locked(() -> List.copyOf(all));
    }

    /** How many messages of the stream said that something was refused. */
    public int refusals() {
        return locked(() -> refusals);
    }

    /** The last message in which the mapping finds no event; empty if there was none. */
    public String unread() {
        return locked(() -> unread);
    }

    /** How the stream has ended, if it has. */
    public Optional<String> end() {
        return locked(() -> Optional.ofNullable(end));
    }

    /**
     * Waits for an event; no longer than until the stream ends.
     *
     * @param from the place of the first that counts
     * @return empty if it has not come
     */
    public Optional<Heard> await(int from, Predicate<Event> wanted, Duration limit) {
        lock.lock();
        try {
            long left = limit.toNanos();
            int next = from;
            while (true) {
                for (; next < all.size(); next++) {
                    if (wanted.test(all.get(next).event())) {
                        return Optional.of(all.get(next));
                    }
                }
                if (left <= 0 || end != null) {
                    return Optional.empty();
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for more than that many events. Returns whether they have come. */
    public boolean awaitMore(int than, Duration limit) {
        return await(than, event -> true, limit).isPresent();
    }
}
