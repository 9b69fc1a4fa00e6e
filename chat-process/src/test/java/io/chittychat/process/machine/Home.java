package io.chittychat.process.machine;

import java.nio.file.Path;

/** Where the jars under test are. */
public final class Home {

    private Home() {}

    /** The checkout: the build runs tests with the module as base directory. */
    public static Path dir() {
        return Path.of(System.getProperty("basedir", ""), "..").toAbsolutePath().normalize();
    }
}
