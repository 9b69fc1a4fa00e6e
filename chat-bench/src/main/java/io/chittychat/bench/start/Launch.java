package io.chittychat.bench.start;

import io.chittychat.bench.server.Installation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A way in which people start the service.
 *
 * @param name what people would type
 * @param command without the service's own arguments
 * @param environment what is set beside what is inherited
 */
record Launch(String name, List<String> command, Map<String, String> environment) {

    /** By the launcher, and from the jar itself; with the same JVM and the same options for it. */
    static List<Launch> of(Installation installation) {
        Path jvm = Path.of(System.getProperty("java.home", ""));
        // The launcher is where the jar's module is.
        Path launcher = installation.serverJar().resolve("../../../chitty").normalize();
        Map<String, String> environment =
                Map.of("JAVA_HOME", jvm.toString(), "CHITTY_JAVA_OPTS", String.join(" ", installation.jvmOptions()));

        List<String> java = new ArrayList<>();
        java.add(jvm.resolve("bin/java").toString());
        java.addAll(installation.jvmOptions());
        java.addAll(List.of("-jar", installation.serverJar().toString()));
        return List.of(
                new Launch("./chitty server", List.of(launcher.toString(), "server"), environment),
                new Launch("java -jar chat-server.jar", java, Map.of()));
    }
}
