package io.chittychat.tools.demo;

import java.nio.file.Path;

/** Where the jars under test are. */
final class Home {

    private Home() {}

    /** The checkout: the build runs tests with the module as base directory. */
    static Path dir() {
        return Path.of(System.getProperty("basedir", ""), "..").toAbsolutePath().normalize();
    }
}
