package io.chittychat.client.render;

import io.chittychat.text.Words;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedStyle;

/**
 * How a terminal shows things.
 *
 * @param width of the terminal, in columns
 * @param color whether colours are wanted; without them there are still bold and inverse
 * @param zone in which times of day are shown
 * @param self one's own name, while one is in the chat
 */
public record Look(int width, boolean color, ZoneId zone, Optional<String> self) {

    /** Below this there is no room for columns. */
    static final int NARROW = 50;

    static final AttributedStyle QUIET = AttributedStyle.DEFAULT.faint();
    static final AttributedStyle LOUD = AttributedStyle.BOLD;

    boolean isNarrow() {
        return width < NARROW;
    }

    AttributedStyle colored(int color, AttributedStyle style) {
        return this.color ? style.foreground(color) : style;
    }

    AttributedStyle name(String name) {
        return color ? NamePalette.style(name) : AttributedStyle.DEFAULT;
    }

    boolean isSelf(String name) {
        return self.filter(name::equals).isPresent();
    }

    /** Whether a text of somebody else has one's own name in it, as a word. */
    boolean isCalledBy(String author, String text) {
        return !isSelf(author) && self.filter(name -> holds(text, name)).isPresent();
    }

    private static boolean holds(String text, String name) {
        List<String> words = Words.of(name);
        return words.isEmpty() ? text.contains(name) : Collections.indexOfSubList(Words.of(text), words) >= 0;
    }
}
