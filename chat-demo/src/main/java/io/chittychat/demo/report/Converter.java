package io.chittychat.demo.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.process.ChildProcess;
import io.chittychat.process.Children;
import io.chittychat.process.ProcessFailedException;
import io.chittychat.process.RunnableJar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Converts AsciiDoc to PDF in a process of its own: JRuby cannot run from inside a packed jar, and needs a JVM that starts
 * quickly. It uses only the jars, whatever Ruby the machine has: JRuby finds no script by its name in a jar, and gems outside
 * the jars may have any version.
 */
final class Converter {

    private static final Duration BOUND = Duration.ofMinutes(5);

    /** Ruby looks for gems only in the jars of the class path. */
    private static final Map<String, String> GEMS =
            Map.of("GEM_HOME", "uri:classloader:/", "GEM_PATH", "uri:classloader:/");

    /** Prefixes of variables that change what a JVM, Ruby or JRuby runs. */
    private static final List<String> FOREIGN =
            List.of("GEM_", "RUBY", "JRUBY_", "BUNDLE_", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH");

    /** The same as the script {@code asciidoctor-pdf}. */
    private static final String SCRIPT =
            "invoker = Asciidoctor::Cli::Invoker.new ARGV; invoker.invoke!; exit invoker.code";

    private final Path lib;
    private final List<Path> fontFolders;

    /**
     * A converter.
     *
     * @param lib the directory of Asciidoctor's jars
     * @param fontFolders the directories of the theme's fonts
     */
    Converter(Path lib, List<Path> fontFolders) {
        this.lib = lib.toAbsolutePath();
        this.fontFolders = List.copyOf(fontFolders);
        if (!Files.isDirectory(lib)) {
            throw new ReportFailedException("the PDF converter is missing in " + lib + ": run ./mvnw package first");
        }
    }

    /**
     * Converts a document. It can include only files of its own directory.
     *
     * @param began the date of the PDF
     * @return messages of the converter; empty if there are none
     */
    String convert(Path document, Path pdf, Instant began) {
        Path dir = Objects.requireNonNull(document.toAbsolutePath().getParent());
        Path messages = document.resolveSibling("messages.txt");
        ProcessBuilder builder = new ProcessBuilder(command(document, pdf, dir)).directory(dir.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> FOREIGN.stream().anyMatch(name::startsWith));
        environment.putAll(GEMS);
        environment.put("HOME", dir.toString()); // it has no .jrubyrc
        environment.put("SOURCE_DATE_EPOCH", String.valueOf(began.getEpochSecond()));
        environment.put("TZ", "UTC");
        int exitCode = run(builder, messages);
        String said = read(messages);
        if (exitCode != 0 || !Files.isRegularFile(pdf)) {
            throw new ReportFailedException("the PDF could not be made (exit code %d):%n%s".formatted(exitCode, said));
        }
        return said;
    }

    private List<String> command(Path document, Path pdf, Path home) {
        List<String> command = new ArrayList<>();
        command.add(RunnableJar.java());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss4m", "-Dfile.encoding=UTF-8"));
        command.addAll(List.of("-Djava.awt.headless=true", "-Duser.language=en", "-Duser.timezone=UTC"));
        command.addAll(List.of("-Duser.home=" + home, "-Djruby.compile.mode=OFF", "-cp", lib + File.separator + "*"));
        command.addAll(List.of("org.jruby.Main", "-r", "asciidoctor-pdf", "-r", "asciidoctor/cli", "-e", SCRIPT, "--"));
        command.addAll(List.of("--backend", "pdf", "--safe-mode", "safe"));
        command.addAll(List.of("--out-file", pdf.toAbsolutePath().toString()));
        String fonts = fontFolders.stream()
                .map(folder -> folder.toAbsolutePath().toString())
                .collect(Collectors.joining(";"));
        command.addAll(
                List.of("-a", "pdf-fontsdir=" + fonts, document.toAbsolutePath().toString()));
        return command;
    }

    private static int run(ProcessBuilder builder, Path messages) {
        try (Children children = new Children()) {
            ChildProcess process = children.start("the converter", builder, messages);
            process.process().getOutputStream().close();
            return process.awaitExit(BOUND)
                    .orElseThrow(() -> new ReportFailedException(
                            "the PDF was not made within %d minutes".formatted(BOUND.toMinutes())));
        } catch (IOException | ProcessFailedException e) {
            throw new ReportFailedException("the converter failed: " + e.getMessage(), e);
        }
    }

    private static String read(Path messages) {
        try {
            return new String(Files.readAllBytes(messages), UTF_8);
        } catch (IOException e) {
            throw new ReportFailedException("cannot read " + messages, e);
        }
    }
}
