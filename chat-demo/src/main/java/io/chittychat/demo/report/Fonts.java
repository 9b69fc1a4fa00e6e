package io.chittychat.demo.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;

/** The fonts of the report: their characters, and the widths of these. */
final class Fonts {

    /** Fallbacks for characters that other fonts lack, in the order of the theme: families and files. */
    private static final Map<String, String> FALLBACKS = fallbacks();

    private static final String CODE = "DejaVuSansMono.ttf";
    private static final String FIGURES = "notosans-regular-subset.ttf";

    /** Its warnings concern tables that are not used here; referenced, because an unreferenced logger forgets its level. */
    private static final Logger FONTBOX = Logger.getLogger("org.apache.fontbox");

    private final List<Path> folders;
    private final List<Font> code;
    private final List<Font> figures;

    private Fonts(List<Path> folders, List<Font> code, List<Font> figures) {
        this.folders = folders;
        this.code = code;
        this.figures = figures;
    }

    private static Map<String, String> fallbacks() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("DejaVu Sans", "DejaVuSans.ttf");
        files.put("Noto Sans SC", "NotoSansSC-Regular.ttf");
        files.put("Noto Emoji", "notoemoji-subset.ttf");
        return Collections.unmodifiableMap(files);
    }

    /**
     * Finds the fonts below a directory.
     *
     * @throws ReportFailedException if one of them is missing
     */
    static Fonts below(Path dir) {
        FONTBOX.setLevel(Level.SEVERE);
        try (Stream<Path> content = Files.walk(dir)) {
            List<Path> files = content.filter(file -> file.toString().endsWith(".ttf"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
            List<Path> folders = files.stream()
                    .map(file -> dir.relativize(file).getParent() == null ? dir : file.resolveSibling(""))
                    .distinct()
                    .toList();
            List<Font> fallbacks = FALLBACKS.entrySet().stream()
                    .map(font -> Font.read(font.getKey(), find(font.getValue(), files)))
                    .toList();
            Font code = Font.read("DejaVu Sans Mono", find(CODE, files));
            Font figures = Font.read("Noto Sans", find(FIGURES, files));
            return new Fonts(folders, with(code, fallbacks), with(figures, fallbacks));
        } catch (IOException e) {
            throw new ReportFailedException(
                    "the report's fonts are missing in " + dir + ": run ./mvnw package first", e);
        }
    }

    private static List<Font> with(Font first, List<Font> rest) {
        return Stream.concat(Stream.of(first), rest.stream()).toList();
    }

    private static Path find(String name, List<Path> files) {
        return files.stream()
                .filter(file -> file.endsWith(name))
                .findFirst()
                .orElseThrow(
                        () -> new ReportFailedException("the font " + name + " is missing: run ./mvnw package first"));
    }

    /** The directories of the files. */
    List<Path> folders() {
        return folders;
    }

    /**
     * Text with visible characters only: letters are composed with their marks, and a character that no font has, or that has no
     * shape, becomes its number.
     */
    String shown(String text) {
        StringBuilder result = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(c -> {
            if (isShown(c)) {
                result.appendCodePoint(c);
            } else {
                result.append("\u27e8U+%04X\u27e9".formatted(c));
            }
        });
        return result.toString();
    }

    private boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> !(c >= 0xfe00 && c <= 0xfe0f) && code.stream().anyMatch(font -> font.has(c));
        };
    }

    /** The width of a character in the font for code, in parts of the font's size. */
    double width(int c) {
        return code.stream()
                .filter(font -> font.has(c))
                .findFirst()
                .orElse(code.get(0))
                .width(c);
    }

    /** The family of a picture's font that has a character. */
    String family(int c) {
        return figures.stream()
                .filter(font -> font.has(c))
                .findFirst()
                .orElse(figures.get(0))
                .family();
    }

    private record Font(String family, CmapLookup glyphs, TrueTypeFont font, int unitsPerEm) {

        static Font read(String family, Path file) {
            try {
                TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBufferedFile(file.toFile()));
                return new Font(family, font.getUnicodeCmapLookup(), font, font.getUnitsPerEm());
            } catch (IOException e) {
                throw new ReportFailedException("cannot read the font " + file, e);
            }
        }

        boolean has(int c) {
            return glyphs.getGlyphId(c) != 0;
        }

        double width(int c) {
            try {
                return (double) font.getAdvanceWidth(glyphs.getGlyphId(c)) / unitsPerEm;
            } catch (IOException e) {
                throw new ReportFailedException("cannot read a font", e);
            }
        }
    }
}
