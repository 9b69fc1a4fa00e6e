package io.chittychat.tools.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Turns AsciiDoc into PDF in a process of its own: JRuby cannot run from inside a packed jar, and wants a JVM that starts
 * quickly rather than one that is fast.
 */
final class Converter {

    private static final int MINUTES = 5;

    private final Path lib;
    private final List<Path> fontFolders;

    /**
     * A converter.
     *
     * @param lib where the jars of Asciidoctor are
     * @param fontFolders where the fonts of the theme are
     */
    Converter(Path lib, List<Path> fontFolders) {
        this.lib = lib.toAbsolutePath();
        this.fontFolders = List.copyOf(fontFolders);
        if (!Files.isDirectory(lib)) {
            throw new ReportFailedException("what makes the PDF is missing in " + lib + ": run ./mvnw package first");
        }
    }

    /**
     * Converts a document. It can include only what is in its own directory.
     *
     * @param began the date that the PDF bears
     * @return what the converter had to say; empty if all went well
     */
    String convert(Path document, Path pdf, Instant began) {
        Path dir = document.toAbsolutePath().getParent();
        Path messages = document.resolveSibling("messages.txt");
        ProcessBuilder builder = new ProcessBuilder(command(document, pdf))
                .directory(java.util.Objects.requireNonNull(dir).toFile())
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile());
        builder.environment().put("SOURCE_DATE_EPOCH", String.valueOf(began.getEpochSecond()));
        builder.environment().put("TZ", "UTC");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        int exitCode = run(builder);
        String said = read(messages);
        if (exitCode != 0 || !Files.isRegularFile(pdf)) {
            throw new ReportFailedException("the PDF could not be made (exit code %d):%n%s".formatted(exitCode, said));
        }
        return said;
    }

    private List<String> command(Path document, Path pdf) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss4m", "-Dfile.encoding=UTF-8"));
        command.addAll(List.of("-Djava.awt.headless=true", "-Duser.language=en", "-Duser.timezone=UTC"));
        command.addAll(List.of("-Djruby.compile.mode=OFF", "-cp", lib + java.io.File.separator + "*"));
        command.addAll(List.of("org.jruby.Main", "-S", "asciidoctor-pdf"));
        command.addAll(List.of(
                "--safe-mode", "safe", "--out-file", pdf.toAbsolutePath().toString()));
        String fonts = fontFolders.stream()
                .map(folder -> folder.toAbsolutePath().toString())
                .collect(Collectors.joining(";"));
        command.addAll(
                List.of("-a", "pdf-fontsdir=" + fonts, document.toAbsolutePath().toString()));
        return command;
    }

    private static int run(ProcessBuilder builder) {
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            try {
                if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                    throw new ReportFailedException("the PDF was not made within %d minutes".formatted(MINUTES));
                }
                return process.exitValue();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new ReportFailedException("the converter cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReportFailedException("interrupted while the PDF was made", e);
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
