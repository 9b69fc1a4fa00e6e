package io.chittychat.demo.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the report of a run: {@code docs/report} of the checkout, filled with facts of the build and of the run. */
public final class RunReport {

    private static final Path SOURCES = Path.of("docs", "report");
    private static final Path TOOLS = Path.of("chat-demo", "target", "report");
    private static final Path CLOCK =
            Path.of("chat-api", "src", "main", "java", "io", "chittychat", "time", "LamportClock.java");
    private static final Path ROOM =
            Path.of("chat-server", "src", "main", "java", "io", "chittychat", "server", "room", "Room.java");

    /** The width of a line of the theme's code blocks, in multiples of the font's size. */
    private static final double CODE_WIDTH = 71;

    private final Checkout checkout;
    private final Run run;
    private final Fonts fonts;
    private final Adoc adoc;

    private RunReport(Checkout checkout, Run run, Fonts fonts) {
        this.checkout = checkout;
        this.run = run;
        this.fonts = fonts;
        this.adoc = new Adoc(fonts);
    }

    /**
     * Writes the report.
     *
     * @param home the checkout, built
     * @param dir the directory of the run
     * @param pdf the file to write; an older one is replaced
     * @return messages of the converter; empty if there are none
     * @throws ReportFailedException if it cannot be made
     */
    public static String write(Path home, Path dir, Path pdf) {
        Fonts fonts = Fonts.below(home.resolve(TOOLS).resolve("fonts"));
        return new RunReport(new Checkout(home), Run.read(dir), fonts).write(pdf.toAbsolutePath());
    }

    private String write(Path pdf) {
        try {
            Path work = Files.createTempDirectory("chitty-report");
            try {
                copySources(work);
                generate(Files.createDirectory(work.resolve("generated")));
                Converter converter =
                        new Converter(checkout.home().resolve(TOOLS).resolve("lib"), fonts.folders());
                Path made = work.resolve("made.pdf");
                String said = converter.convert(work.resolve("report.adoc"), made, run.began());
                Files.createDirectories(Objects.requireNonNull(pdf.getParent()));
                Files.copy(made, pdf, StandardCopyOption.REPLACE_EXISTING);
                return said;
            } finally {
                delete(work);
            }
        } catch (IOException e) {
            throw new ReportFailedException("cannot write the report: " + e, e);
        }
    }

    private void copySources(Path work) throws IOException {
        try (Stream<Path> sources = Files.list(checkout.home().resolve(SOURCES))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Files.copy(source, work.resolve(source.getFileName()));
            }
        }
    }

    private void generate(Path dir) throws IOException {
        Contract contract = Contract.packed();
        ContractTables tables = new ContractTables(contract, adoc);
        Sequence sequence = Sequence.of(run);
        put(dir, "facts", new Facts(checkout, run, contract, adoc).attributes(sequence));
        put(dir, "methods", tables.methods());
        put(dir, "messages", tables.messages());
        put(dir, "contract", tables.comments());
        put(dir, "clock-code", excerpts(CLOCK, List.of("tick", "witness", "follow", "advanceTo")));
        put(dir, "room-code", excerpts(ROOM, List.of("publish")));
        SvgFonts svgFonts = new SvgFonts(fonts);
        Files.writeString(dir.resolve("talk.svg"), svgFonts.inTheme(run.diagram(sequence.talk())), UTF_8);
        Files.writeString(dir.resolve("farewell.svg"), svgFonts.inTheme(run.diagram(sequence.farewell())), UTF_8);
        put(dir, "steps", new SequenceTable(adoc).of(sequence.within(sequence.talk())));
        put(dir, "proofs", new ProofTable(adoc).of(new Proofs(run).of(checkout.home())));
        put(dir, "logs", logs());
    }

    private String excerpts(Path file, List<String> methods) {
        LogListing listing = new LogListing(fonts, CODE_WIDTH);
        return methods.stream()
                .map(method -> SourceExcerpt.method(checkout.home(), file, method))
                .map(excerpt -> ".%s%n[%%unbreakable]%n%s"
                        .formatted(adoc.text(excerpt.place()), listing.of(excerpt.first(), excerpt.lines())))
                .collect(Collectors.joining("\n"));
    }

    private String logs() {
        LogListing listing = new LogListing(fonts, CODE_WIDTH);
        return Stream.of(run.raw(), run.services(), List.of(run.processes()))
                .flatMap(List::stream)
                .filter(log -> !log.lines().isEmpty())
                .map(log -> "=== %s%n%n%s".formatted(adoc.text(log.name()), listing.of(1, log.lines())))
                .collect(Collectors.joining("\n"));
    }

    private static void put(Path dir, String name, String content) throws IOException {
        Files.writeString(dir.resolve(name + ".adoc"), content, UTF_8);
    }

    private static void delete(Path dir) throws IOException {
        try (Stream<Path> content = Files.walk(dir)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
