package io.chittychat.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.server.room.Event;
import io.chittychat.server.room.SessionId;
import io.chittychat.text.SearchQuery;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexFileTest {

    private static final int PAGE = 10;

    @TempDir
    private Path dir;

    @Test
    void pagesOfATransactionAreAddedTogetherOrNotAtAll() throws Exception {
        try (IndexFile index = IndexFile.open(dir.resolve("index"), "epoch", UnaryOperator.identity())) {
            assertThatThrownBy(() -> index.add(
                            after -> {
                                if (after > PAGE) {
                                    throw new StoreException("the disk is on fire", new IllegalStateException());
                                }
                                return page(after);
                            },
                            100))
                    .isInstanceOf(StoreException.class);
            assertThat(index.progress().lamportTime()).isZero();

            assertThat(index.add(IndexFileTest::page, 25)).isEqualTo(30); // no page after the 25th
            assertThat(index.progress().lamportTime()).isEqualTo(30);
            assertThat(index.find(SearchQuery.of("hello"), 0, Long.MAX_VALUE, 100)
                            .lamportTimes())
                    .isEqualTo(LongStream.rangeClosed(1, 30)
                            .map(time -> 31 - time)
                            .boxed()
                            .toList());

            assertThat(index.add(after -> List.of(), 25)).isZero();
            assertThat(index.progress().lamportTime()).isEqualTo(30);
        }
    }

    /** SQLite has ended the transaction then, which the driver does not notice. */
    @Test
    void indexGoesOnAfterACommitForWhichThereWasNoSpace() throws Exception {
        FaultyConnections disk = new FaultyConnections();
        try (IndexFile index = IndexFile.open(dir.resolve("index"), "epoch", disk)) {
            disk.failOnceInBackground(FaultyConnections.Fault.FULL);
            assertThatThrownBy(() -> index.add(IndexFileTest::page, 5)).isInstanceOf(SQLException.class);
            assertThat(index.progress().lamportTime()).isZero();

            assertThatThrownBy(() -> index.add(
                            after -> {
                                if (after > 0) {
                                    throw new StoreException("the disk is on fire", new IllegalStateException());
                                }
                                return page(after);
                            },
                            100))
                    .isInstanceOf(StoreException.class);
            assertThat(index.progress().lamportTime()).isZero();
            assertThat(index.add(IndexFileTest::page, 5)).isEqualTo(PAGE);
            assertThat(index.progress().lamportTime()).isEqualTo(PAGE);
        }
    }

    private static List<Event> page(long after) {
        return LongStream.rangeClosed(after + 1, after + PAGE)
                .mapToObj(IndexFileTest::hello)
                .toList();
    }

    private static Event hello(long time) {
        Event.Header header =
                new Event.Header(time, time - 1, 0, Instant.ofEpochSecond(time), new SessionId(0, 1), "alice");
        return new Event.Published(header, "hello", 0);
    }
}
