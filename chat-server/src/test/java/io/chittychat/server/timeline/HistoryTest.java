package io.chittychat.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.v1.Event;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Checks of cursors, which run on an event loop and must not wait for the disk. */
class HistoryTest {

    /** A timeline after a restart: it begins after the events recorded before. */
    private final Timeline timeline = new Timeline(100, 1);

    @Test
    void oldestEventOfTheArchiveIsKnownWithoutReadingTheDisk() {
        History history = new History(timeline, new BlockingArchive(7, OptionalLong.of(9)));
        assertThat(history.reaches(101)).isFalse();
        assertThat(history.reaches(6)).isFalse();
        assertThat(history.kept()).isEqualTo(new History.Range(9, 100));
        assertThat(history.reaches(7)).isTrue();
        assertThat(history.reaches(100)).isTrue();
    }

    @Test
    void archiveWithoutAKnownOldestEventGivesAResumePoint() {
        History history = new History(timeline, new BlockingArchive(7, OptionalLong.empty()));
        assertThat(history.kept()).isEqualTo(new History.Range(8, 100));
    }

    @Test
    void archiveWithoutOlderEventsIsNotAsked() {
        History history = new History(timeline, new BlockingArchive(100, OptionalLong.empty()));
        assertThat(history.kept()).isEqualTo(new History.Range(101, 100)); // nothing is kept
        Events.show(
                timeline,
                List.of(new Events()
                        .at(105).toBuilder().setPreviousLamportTime(100).build()),
                106);
        assertThat(history.kept()).isEqualTo(new History.Range(105, 106));
    }

    /** An archive whose blocking methods fail. */
    private record BlockingArchive(long removedThrough, OptionalLong oldest) implements Archive {
        @Override
        public boolean reaches(long cursor) {
            return cursor >= removedThrough;
        }

        @Override
        public Page after(long cursor, long upTo, int maxEvents) {
            throw new AssertionError("reads a disk");
        }

        @Override
        public List<Event> before(long lamportTime, int maxEvents) {
            throw new AssertionError("reads a disk");
        }
    }
}
