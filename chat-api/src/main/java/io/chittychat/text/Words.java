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
 * Splits a text into words for a search, without differences of case, diacritics and compatibility (NFKD). A word is a
 * sequence of letters and digits, with their marks. In scripts that are written without spaces, every letter is a word
 * of its own. Words with nothing between them form a run.
 *
 * <p>Words have only letters, digits and marks; their ASCII characters are a to z and 0 to 9.
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
    private static final int DAKUTEN = 0x3099; // the sound marks of kana change the letter, unlike accents
    private static final int HANDAKUTEN = 0x309a;

    private final List<List<String>> runs = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inRun;
    private boolean wordIsLetter; // the word is a letter of a script without spaces: the next letter begins a new word

    private Words() {}

    /** The words of a text, in order. */
    public static List<String> of(String text) {
        return ofFolded(fold(text));
    }

    /** The words of a folded text, in order. */
    static List<String> ofFolded(String folded) {
        return runs(folded).stream().flatMap(List::stream).toList();
    }

    /** The runs of words of a folded text, in order. */
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

    /** Removes the differences that a search ignores. */
    static String fold(String text) {
        if (isAscii(text)) {
            return text.toLowerCase(Locale.ROOT); // several times faster, and enough for most texts
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

    /** Accents and other marks that several scripts share; not the marks that are part of one script's spelling. */
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
