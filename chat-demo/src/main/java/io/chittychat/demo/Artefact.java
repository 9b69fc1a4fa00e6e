package io.chittychat.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A result of the demonstration: a file or directory, or the reason why it is missing.
 *
 * @param what its name, as the beginning of a line
 * @param file where it is; empty if it could not be made
 * @param problem why it is missing, as a sentence or as the output of the program that failed
 */
record Artefact(String what, Optional<Path> file, String problem) {

    static Artefact made(String what, Path file) {
        return new Artefact(what, Optional.of(file), "");
    }

    /** A missing artefact says nothing about the conversation. */
    static Artefact missing(String what, String problem) {
        return new Artefact(what, Optional.empty(), problem);
    }
}
