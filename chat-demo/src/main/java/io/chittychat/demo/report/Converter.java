package io.chittychat.demo.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Turns AsciiDoc into PDF in a process of its own: JRuby cannot run from inside a packed jar, and wants a JVM that starts
 * quickly rather than one that is fast. It runs what the jars hold, whatever Ruby the machine has: no jar has a script that
 * JRuby could find by its name, and gems outside the jars may be of any version.
 */
final class Converter {

    private static final int MINUTES = 5;

    /** Where Ruby looks for gems: only in the jars of the class path. */
    private static final Map<String, String> GEMS =
            Map.of("GEM_HOME", "uri:classloader:/", "GEM_PATH", "uri:classloader:/");

    /** Begins of the names of variables that change what a JVM, Ruby or JRuby runs. */
    private static final List<String> FOREIGN =
            List.of("GEM_", "RUBY", "JRUBY_", "BUNDLE_", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH");

    /** What the script {@code asciidoctor-pdf} does. */
    private static final String SCRIPT =
            "invoker = Asciidoctor::Cli::Invoker.new ARGV; invoker.invoke!; exit invoker.code";

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
        Path dir = Objects.requireNonNull(document.toAbsolutePath().getParent());
        Path messages = document.resolveSibling("messages.txt");
        ProcessBuilder builder = new ProcessBuilder(command(document, pdf, dir))
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> FOREIGN.stream().anyMatch(name::startsWith));
        environment.putAll(GEMS);
        environment.put("HOME", dir.toString()); // there is no .jrubyrc in it
        environment.put("SOURCE_DATE_EPOCH", String.valueOf(began.getEpochSecond()));
        environment.put("TZ", "UTC");
        int exitCode = run(builder);
        String said = read(messages);
        if (exitCode != 0 || !Files.isRegularFile(pdf)) {
            throw new ReportFailedException("the PDF could not be made (exit code %d):%n%s".formatted(exitCode, said));
        }
        return said;
    }

    private List<String> command(Path document, Path pdf, Path home) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
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

    private static int run(ProcessBuilder builder) {
        try {
            Process process = builder.start();
            Thread killer = new Thread(process::destroyForcibly, "converter-killer");
            Runtime.getRuntime().addShutdownHook(killer);
            try {
                process.getOutputStream().close();
                if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                    throw new ReportFailedException("the PDF was not made within %d minutes".formatted(MINUTES));
                }
                return process.exitValue();
            } finally {
                process.destroyForcibly();
                Runtime.getRuntime().removeShutdownHook(killer);
            }
        } catch (IOException e) {
            throw new ReportFailedException("the converter cannot be started", e);
        } catch (IllegalStateException e) {
            throw new ReportFailedException("the program ends before the PDF is made", e); // the hooks run already
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
