package io.chittychat.text;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a text, as a search compares them: without case, diacritics and differences of compatibility (NFKD). A
 * word is a run of letters, digits and the marks on them. In scripts that are written without spaces every letter is a
 * word of its own, and words that follow one another without anything between them form a run.
 *
 * <p>Words hold only letters, digits and marks; whatever is ASCII in them is a to z or 0 to 9.
 */
public final class Words {

    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);
    private static final int DAKUTEN = 0x3099; // the sound marks of kana make other letters
    private static final int HANDAKUTEN = 0x309a;

    private final List<List<String>> runs = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inRun;
    private boolean wordIsLetter; // of a script without spaces, so that the next letter begins another word

    private Words() {}

    /** The words of a text, in order. */
    public static List<String> of(String text) {
        return ofFolded(fold(text));
    }

    /**
     * A text for an index that splits at whatever is ASCII and no letter or digit, and takes upper case ASCII letters for
     * lower case ones: it finds the words of the text there.
     */
    public static String forIndex(String text) {
        return isAscii(text) ? text : String.join(" ", of(text));
    }

    /** The words of a text that is folded already; each stands in it. */
    static List<String> ofFolded(String folded) {
        return runs(folded).stream().flatMap(List::stream).toList();
    }

    /** The words of a text that is folded already, in order, in their runs. */
    static List<List<String>> runs(String folded) {
        Words words = new Words();
        folded.codePoints().forEach(words::take);
        words.endRun();
        return words.runs;
    }

    private void take(int codePoint) {
        if (isMark(codePoint)) {
            if (word.length() > 0) {
                word.appendCodePoint(codePoint);
            }
        } else if (isLetterOrDigit(codePoint)) {
            boolean letter = WITHOUT_SPACES.contains(UnicodeScript.of(codePoint));
            if (letter || wordIsLetter) {
                endWord();
            }
            word.appendCodePoint(codePoint);
            wordIsLetter = letter;
        } else {
            endRun();
        }
    }

    private void endWord() {
        if (word.length() > 0) {
            if (!inRun) {
                runs.add(new ArrayList<>());
                inRun = true;
            }
            runs.get(runs.size() - 1).add(word.toString());
            word.setLength(0);
        }
        wordIsLetter = false;
    }

    private void endRun() {
        endWord();
        inRun = false;
    }

    /** A text without the differences that do not matter. */
    static String fold(String text) {
        if (isAscii(text)) {
            return text.toLowerCase(Locale.ROOT); // most texts, and several times faster
        }
        StringBuilder folded = new StringBuilder();
        Normalizer.normalize(text, Form.NFKD)
                .codePoints()
                .filter(c -> !isDiacritic(c))
                .mapToObj(c ->
                        Character.toString(Character.toLowerCase(c)).toUpperCase(Locale.ROOT)) // sharp s becomes SS
                .flatMapToInt(String::codePoints)
                .map(Character::toLowerCase)
                .forEach(folded::appendCodePoint);
        return Normalizer.normalize(folded, Form.NFC);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Accents and the like; not the marks that one script alone has and spells with. */
    private static boolean isDiacritic(int codePoint) {
        return Character.getType(codePoint) == Character.NON_SPACING_MARK
                && UnicodeScript.of(codePoint) == UnicodeScript.INHERITED
                && codePoint != DAKUTEN
                && codePoint != HANDAKUTEN;
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static boolean isLetterOrDigit(int codePoint) {
        int type = Character.getType(codePoint);
        return Character.isLetterOrDigit(codePoint)
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }
}
