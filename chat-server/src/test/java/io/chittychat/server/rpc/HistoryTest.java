package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.chittychat.error.ErrorReason;
import io.chittychat.server.timeline.Archive;
import io.chittychat.server.timeline.Timeline;
import io.chittychat.v1.Event;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is answered to a cursor outside the log, on an event loop that must not wait for a disk. */
class HistoryTest {

    /** A timeline that begins after what was recorded before a restart. */
    private final Timeline timeline = new Timeline(100, 1);

    @Test
    void cursorAheadOfTheLogIsToldTheOldestEventOfTheArchiveWithoutADiskBeingRead() {
        History history = new History(timeline, new BlockingArchive(7, OptionalLong.of(9)));
        assertThat(range(history.problem(101).orElseThrow())).containsExactly(9L, 100L);
        assertThat(range(history.problem(6).orElseThrow())).containsExactly(9L, 100L);
        assertThat(history.problem(7)).isEmpty();
        assertThat(history.problem(100)).isEmpty();
    }

    @Test
    void archiveThatDoesNotKnowItsOldestEventGivesAPlaceToResumeFrom() {
        History history = new History(timeline, new BlockingArchive(7, OptionalLong.empty()));
        assertThat(range(history.gone())).containsExactly(8L, 100L);
    }

    @Test
    void archiveThatHasNothingMoreThanTheTimelineIsNotAsked() {
        History history = new History(timeline, new BlockingArchive(100, OptionalLong.empty()));
        assertThat(range(history.gone())).containsExactly(101L, 100L); // nothing is kept
        timeline.append(
                List.of(Event.newBuilder()
                        .setPreviousLamportTime(100)
                        .setLamportTime(105)
                        .build()),
                106);
        assertThat(range(history.gone())).containsExactly(105L, 106L);
    }

    private static List<Long> range(Status status) {
        ErrorInfo info = ErrorReason.info(status).orElseThrow();
        assertThat(info.getReason()).isEqualTo("RESUME_POINT_GONE");
        return List.of(
                Long.parseLong(info.getMetadataOrThrow("oldest")), Long.parseLong(info.getMetadataOrThrow("newest")));
    }

    /** Whatever would read a disk fails. */
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
