package io.chittychat.tools.report;

import io.chittychat.tools.process.Home;
import java.nio.file.Path;

/** A run with hostile and foreign text in it, and the fonts of the build. */
final class SampleRun {

    private SampleRun() {}

    static Path dir() {
        return Home.dir().resolve(Path.of("chat-tools", "src", "test", "resources", "report", "run"));
    }

    static Run read() {
        return Run.read(dir());
    }

    static Fonts fonts() {
        return Fonts.below(Home.dir().resolve(Path.of("chat-tools", "target", "report", "fonts")));
    }
}
