package io.chittychat.server.timeline;

import org.jspecify.annotations.Nullable;

/**
 * Finds slices of one view. It caches the last slice, because most readers have the same cursor.
 *
 * <p>Threading: the lane's thread.
 */
final class SliceFinder {

    private final View view;
    private long lastCursor = -1;
    private long lastUpTo = -1;
    private @Nullable Slice last;

    SliceFinder(View view) {
        this.view = view;
    }

    @Nullable
    Slice find(long cursor, long upTo) {
        if (cursor != lastCursor || upTo != lastUpTo) {
            last = view.slice(cursor, upTo).orElse(null);
            lastCursor = cursor;
            lastUpTo = upTo;
        }
        return last;
    }
}
