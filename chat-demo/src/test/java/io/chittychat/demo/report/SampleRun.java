package io.chittychat.demo.report;

import io.chittychat.process.machine.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A run with hostile and foreign text in it, and the fonts of the build. */
final class SampleRun {

    private SampleRun() {}

    static Path dir() {
        return Home.dir().resolve(Path.of("chat-trace", "src", "test", "resources", "run"));
    }

    static Run read() {
        return Run.read(dir());
    }

    static Fonts fonts() {
        return Fonts.below(Home.dir().resolve(Path.of("chat-demo", "target", "report", "fonts")));
    }

    /** A copy that a test may change. */
    static Path copyTo(Path target) throws IOException {
        try (Stream<Path> content = Files.walk(dir())) {
            for (Path source : content.toList()) {
                Path copy = target.resolve(dir().relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(source, copy);
                }
            }
        }
        return target;
    }
}
