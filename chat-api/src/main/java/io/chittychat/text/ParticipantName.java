package io.chittychat.text;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The name of a participant: 1 to {@value #MAX_CODE_POINTS} Unicode code points in NFC; no control, format, surrogate,
 * private-use or line-separating characters; no leading or trailing white space; not reserved.
 *
 * @param value the name to show, in NFC
 * @param key the NFKC case-folded form; two names count as the same if their keys are equal
 */
public record ParticipantName(String value, String key) {

    /** The longest name, in Unicode code points after NFC. */
    public static final int MAX_CODE_POINTS = 32;

    /** NFC composes at most four code points into one: for example an alpha and three marks into U+1F82. */
    private static final int MAX_DECOMPOSED = 4;

    /**
     * The longest string that can be a name, in UTF-16 units. A longer string is refused without being normalised,
     * because that takes time in proportion to the square of its length.
     */
    static final int MAX_RAW_LENGTH = MAX_CODE_POINTS * MAX_DECOMPOSED * 2;

    private static final String TOO_LONG = "has more than " + MAX_CODE_POINTS + " code points";

    private static final Set<String> RESERVED = Set.of(fold("Chitty-Chat"), fold("server"));

    /**
     * Makes a name of a string.
     *
     * @throws IllegalArgumentException if the name is invalid, with {@link #problem} as its message
     */
    public static ParticipantName of(String raw) {
        problem(raw).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return new ParticipantName(Normalizer.normalize(raw, Form.NFC), fold(raw));
    }

    /** Why a name is invalid, as the end of a sentence that begins with "the name"; empty if it is valid. */
    public static Optional<String> problem(String raw) {
        if (raw.length() > MAX_RAW_LENGTH) {
            return Optional.of(TOO_LONG);
        }
        String name = Normalizer.normalize(raw, Form.NFC);
        int length = name.codePointCount(0, name.length());
        if (length == 0) {
            return Optional.of("is empty");
        }
        if (length > MAX_CODE_POINTS) {
            return Optional.of(TOO_LONG);
        }
        if (name.codePoints().anyMatch(ParticipantName::isForbidden)) {
            return Optional.of("has a control, format, surrogate, private-use or line-separating character");
        }
        if (CodePoints.isWhiteSpace(name.codePointAt(0))
                || CodePoints.isWhiteSpace(name.codePointBefore(name.length()))) {
            return Optional.of("begins or ends with a space");
        }
        return RESERVED.contains(fold(name)) ? Optional.of("is reserved") : Optional.empty();
    }

    private static boolean isForbidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /**
     * NFKC, full case folding, NFKC. The JDK has no case folding; lower(upper(lower(c))) makes the same characters
     * equal. The only exception is the dotless i, which folds to itself (CaseFolding.txt).
     */
    private static String fold(String name) {
        StringBuilder folded = new StringBuilder();
        Normalizer.normalize(name, Form.NFKC)
                .codePoints()
                .mapToObj(Character::toString)
                .map(c -> c.equals("\u0131") ? c : lower(lower(c).toUpperCase(Locale.ROOT)))
                .forEach(folded::append);
        return Normalizer.normalize(folded, Form.NFKC);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }
}
