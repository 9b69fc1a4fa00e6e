package io.chittychat.server.storage;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.chittychat.server.store.SearchIndex;
import io.chittychat.server.store.StoreException;
import io.chittychat.server.timeline.Archive;
import io.chittychat.text.SearchQuery;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The store's search index as the index behind the timeline. */
class StoreIndexTest {

    @Test
    void storeThatCannotBeReadIsAnUnreadableArchive() {
        SearchIndex broken = mock(SearchIndex.class);
        when(broken.find(any(), anyLong(), anyInt()))
                .thenThrow(new StoreException("the disk is gone", new IOException()));
        try (StoreIndex index = new StoreIndex(broken)) {
            assertThatExceptionOfType(Archive.UnreadableException.class)
                    .isThrownBy(() -> index.find(SearchQuery.of("word"), Long.MAX_VALUE, 10));
        }
    }
}
