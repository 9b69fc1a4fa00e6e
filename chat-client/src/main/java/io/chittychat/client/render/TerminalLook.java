package io.chittychat.client.render;

import io.chittychat.text.Words;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedStyle;

/**
 * The size, colours and user of a terminal, for rendering.
 *
 * @param width the width in columns
 * @param color whether to use colours; bold and inverse are used in any case
 * @param zone the zone of the times of day
 * @param self the user's name; empty outside of the chat
 */
public record TerminalLook(int width, boolean color, ZoneId zone, Optional<String> self) {

    /** A narrower terminal has no room for columns. */
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

    /** Whether a text of another participant contains the user's name as a word. */
    boolean isCalledBy(String author, String text) {
        return !isSelf(author) && self.filter(name -> holds(text, name)).isPresent();
    }

    private static boolean holds(String text, String name) {
        List<String> words = Words.of(name);
        return words.isEmpty() ? text.contains(name) : Collections.indexOfSubList(Words.of(text), words) >= 0;
    }
}
