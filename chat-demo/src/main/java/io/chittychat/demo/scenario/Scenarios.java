package io.chittychat.demo.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds scenarios: in this program, or in files. */
public final class Scenarios {

    /** The scenario that is played by default. */
    public static final String FIRST = "conversation";

    /** The names of the scenarios in this program. */
    public static final List<String> SHIPPED = List.of(FIRST, "crowd", "unreliable", "failover");

    private Scenarios() {}

    /**
     * Finds and reads a scenario.
     *
     * @param nameOrFile the name of a scenario in this program, or a file in UTF-8
     * @throws ScenarioException if there is none, or if it has an error
     */
    public static Scenario load(String nameOrFile) {
        String file = SHIPPED.contains(nameOrFile) ? nameOrFile + ".txt" : nameOrFile;
        return ScenarioParser.parse(file, text(file, read(nameOrFile)));
    }

    private static byte[] read(String nameOrFile) {
        if (SHIPPED.contains(nameOrFile)) {
            return shipped(nameOrFile);
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new ScenarioException("there is no scenario '%s': it is neither a file nor one of %s"
                    .formatted(nameOrFile, String.join(", ", SHIPPED)));
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ScenarioException("cannot read the scenario %s: %s".formatted(file, e), e);
        }
    }

    private static byte[] shipped(String name) {
        try (InputStream resource = Scenarios.class.getResourceAsStream("/scenarios/" + name + ".txt")) {
            if (resource == null) {
                throw new IllegalStateException("the scenario " + name + " is not in this program");
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String file, byte[] bytes) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ScenarioException(file + " is not text in UTF-8", e);
        }
    }
}
