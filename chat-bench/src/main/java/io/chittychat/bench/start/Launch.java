package io.chittychat.bench.start;

import io.chittychat.bench.server.Installation;
import io.chittychat.process.RunnableJar;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A way to start the service.
 *
 * @param name the command line as the user types it
 * @param command without the service's own arguments
 * @param environment variables that are set in addition
 */
record Launch(String name, List<String> command, Map<String, String> environment) {

    /** The launcher, and the jar itself, with the same JVM. Only the launcher sets JVM options of its own. */
    static List<Launch> of(Installation installation) {
        RunnableJar jar = installation.plainJar();
        String jvm = System.getProperty("java.home", "");
        Path launcher = installation.checkout().resolve("chitty");
        Map<String, String> environment =
                Map.of("JAVA_HOME", jvm, "CHITTY_JAVA_OPTS", String.join(" ", jar.jvmOptions()));

        return List.of(
                new Launch("./chitty server", List.of(launcher.toString(), "server"), environment),
                new Launch("java -jar chat-server.jar", jar.command(List.of()), Map.of()));
    }
}
