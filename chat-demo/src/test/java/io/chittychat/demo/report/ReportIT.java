package io.chittychat.demo.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.process.machine.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDTrueTypeFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the report of a run with hostile and foreign text, once, and looks at the PDF. It is made where there is nothing but the
 * jars: no PATH of ours, a home without anything in it, and another Asciidoctor PDF that Ruby would find if it looked for one.
 */
class ReportIT {

    private static final int BOUND_MINUTES = 6; // a little more than the converter's own

    private static final float MARGIN = 19 / 25.4f * 72; // of the theme
    private static final float TOLERANCE = 1;

    @TempDir
    static Path dir;

    private static PDDocument pdf;
    private static String said;

    @BeforeAll
    static void makeReport() throws IOException, InterruptedException {
        Path file = dir.resolve("report.pdf");
        Path messages = dir.resolve("messages.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-jar",
                        Home.dir().resolve("chat-demo/target/chat-demo.jar").toString(),
                        "report",
                        "--home",
                        Home.dir().toString(),
                        "--dir",
                        SampleRun.dir().toString(),
                        "--out",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", "/usr/bin:/bin",
                        "LC_ALL", "C.UTF-8",
                        "HOME", Files.createDirectory(dir.resolve("home")).toString(),
                        "GEM_HOME", foreignGem().toString(),
                        "RUBYOPT", "-rno-such-library",
                        "JAVA_TOOL_OPTIONS", "-Duser.language=de"));
        Process report = builder.start();
        try {
            assertThat(report.waitFor(BOUND_MINUTES, TimeUnit.MINUTES)).isTrue();
            said = Files.readString(messages, UTF_8);
            assertThat(report.exitValue()).as(said).isZero();
        } finally {
            report.destroyForcibly();
        }
        pdf = Loader.loadPDF(file.toFile());
    }

    /** An Asciidoctor PDF that is newer than ours and ends the process as soon as it is loaded. */
    private static Path foreignGem() throws IOException {
        Path gems = dir.resolve("gems");
        Path library = Files.createDirectories(gems.resolve("gems/asciidoctor-pdf-99.0.0/lib"));
        Files.writeString(library.resolve("asciidoctor-pdf.rb"), "abort 'a gem of the machine'");
        Files.writeString(
                Files.createDirectory(gems.resolve("specifications")).resolve("asciidoctor-pdf-99.0.0.gemspec"), """
                Gem::Specification.new do |gem|
                  gem.name = 'asciidoctor-pdf'
                  gem.version = '99.0.0'
                  gem.require_paths = ['lib']
                  gem.summary = 'not ours'
                  gem.authors = ['another']
                end
                """);
        return gems;
    }

    @AfterAll
    static void close() throws IOException {
        pdf.close();
    }

    @Test
    void theConverterHasNothingToComplainAbout() {
        assertThat(said)
                .contains("Writing the report", "The report is")
                .doesNotContain("WARN")
                .doesNotContain("ERROR")
                .doesNotContain("SEVERE")
                .doesNotContain("Could not");
    }

    @Test
    void allChaptersAreThereAndInTheOutline() throws IOException {
        assertThat(pdf.getNumberOfPages()).isBetween(12, 22);
        String text = new PDFTextStripper().getText(pdf);
        List<String> chapters = List.of(
                "1. Architecture",
                "2. The methods",
                "3. Lamport time",
                "4. A sequence and its times",
                "5. The requirements",
                "6. The source",
                "Appendix A",
                "Appendix B");
        assertThat(text).contains(chapters);
        List<String> outline = new ArrayList<>();
        pdf.getDocumentCatalog().getDocumentOutline().children().forEach(item -> outline.add(item.getTitle()));
        assertThat(String.join("\n", outline)).contains(chapters);
    }

    @Test
    void titleAndDateComeFromTheRun() {
        assertThat(pdf.getDocumentInformation().getTitle()).startsWith("Chitty-Chat");
        assertThat(pdf.getDocumentInformation().getSubject()).contains("Lamport time");
        assertThat(pdf.getDocumentInformation().getCreationDate().toInstant()).isEqualTo("2026-11-21T10:00:00Z");
    }

    @Test
    void allFontsAreEmbedded() throws IOException {
        for (var page : pdf.getPages()) {
            for (var name : page.getResources().getFontNames()) {
                assertThat(page.getResources().getFont(name).isEmbedded())
                        .as(name.getName())
                        .isTrue();
            }
        }
    }

    @Test
    void noTextIsBeyondTheMarginsAndNoPageIsEmpty() throws IOException {
        float width = pdf.getPage(0).getMediaBox().getWidth();
        for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
            List<TextPosition> letters = letters(page);
            assertThat(letters).as("page %d", page).hasSizeGreaterThan(30);
            assertThat(letters).as("page %d", page).allSatisfy(letter -> {
                assertThat(letter.getX()).isGreaterThanOrEqualTo(MARGIN - TOLERANCE);
                assertThat(letter.getX() + letter.getWidth()).isLessThanOrEqualTo(width - MARGIN + TOLERANCE);
            });
        }
    }

    @Test
    void everyCharacterHasAShape() throws IOException {
        List<String> fonts = new ArrayList<>();
        for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
            for (TextPosition letter : letters(page)) {
                PDTrueTypeFont font = (PDTrueTypeFont) letter.getFont();
                fonts.add(font.getName());
                int code = letter.getCharacterCodes()[0];
                if (!letter.getUnicode().isBlank()) {
                    assertThat(hasGlyph(font, code))
                            .as("%s on page %d", letter, page)
                            .isTrue();
                }
            }
        }
        assertThat(fonts).anyMatch(font -> font.contains("NotoEmoji")).anyMatch(font -> font.contains("NotoSansSC"));
    }

    /** By the embedded font's own tables: its codes are not those of the encoding that the PDF names. */
    private static boolean hasGlyph(PDTrueTypeFont font, int code) throws IOException {
        return Arrays.stream(font.getTrueTypeFont().getCmap().getCmaps())
                .anyMatch(codes -> codes.getGlyphId(code) != 0);
    }

    @Test
    void everyLineOfTheLogsIsInTheAppendix() throws IOException {
        String appendix = essence(body());
        try (var logs = Files.walk(SampleRun.dir())) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                for (String line : Files.readAllLines(log, UTF_8)) {
                    assertThat(appendix).contains(essence(line));
                }
            }
        }
    }

    @Test
    void foreignTextIsShownAndDoesNothing() throws IOException {
        assertThat(body())
                .contains(
                        "Gr\u00fc\u00dfe, \u4f60\u597d, \u0393\u03b5\u03b9\u03ac \u03c3\u03bf\u03c5, \u041f\u0440\u0438\u0432\u0435\u0442!")
                .contains("include::/etc/passwd[]")
                .contains("\u05e9\u05dc\u05d5\u05dd")
                .doesNotContain("root:")
                .doesNotContain("Unresolved directive");
    }

    /** ASCII without spaces: what wrapping, the number of a missing character and an emoji's code in the PDF leave alone. */
    private static String essence(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .replaceAll("\u27e8U\\+[0-9A-F]+\u27e9", "")
                .replaceAll("[^!-~]", "");
    }

    /** The text of all pages without headers and footers. */
    private static String body() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
            var stripper = new org.apache.pdfbox.text.PDFTextStripperByArea();
            stripper.setSortByPosition(true);
            stripper.addRegion("body", new java.awt.geom.Rectangle2D.Float(0, 55, 596, 735));
            stripper.extractRegions(pdf.getPage(page - 1));
            body.append(stripper.getTextForRegion("body"));
        }
        return body.toString();
    }

    private static List<TextPosition> letters(int page) throws IOException {
        List<TextPosition> letters = new ArrayList<>();
        PDFTextStripper stripper = new PDFTextStripper() {
            @Override
            protected void processTextPosition(TextPosition letter) {
                letters.add(letter);
            }
        };
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        stripper.getText(pdf);
        return letters;
    }
}
