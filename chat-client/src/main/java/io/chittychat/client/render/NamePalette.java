package io.chittychat.client.render;

import io.chittychat.text.ParticipantName;
import org.jline.utils.AttributedStyle;

/**
 * A colour for each participant: the same in each client and at all times, and readable on dark and on light. Each of these
 * xterm colours has a contrast of at least 4 to 1 to black and to white (WCAG 2.1).
 */
public final class NamePalette {

    private static final int[] COLORS = {28, 30, 31, 62, 64, 96, 99, 130, 131, 133, 161, 163};

    private NamePalette() {}

    /** The style of a name. */
    static AttributedStyle style(String name) {
        return AttributedStyle.DEFAULT.foreground(color(name));
    }

    /** The number of a name's xterm colour; equal names, in whatever spelling, have the same. */
    static int color(String name) {
        String key = ParticipantName.problem(name).isEmpty()
                ? ParticipantName.of(name).key()
                : name;
        int hash = key.hashCode();
        return COLORS[Math.floorMod(hash ^ (hash >>> 7) ^ (hash >>> 15), COLORS.length)];
    }

    static int[] colors() {
        return COLORS.clone();
    }
}
