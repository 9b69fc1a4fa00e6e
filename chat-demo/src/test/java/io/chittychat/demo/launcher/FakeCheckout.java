package io.chittychat.demo.launcher;

import io.chittychat.process.machine.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A copy of the launcher among sources as it expects them, below a directory with a blank and an umlaut. Its {@code
 * mvnw} writes jars that hold nothing, waits as long as a file {@code hold} is there, and fails if {@code broken} is;
 * its {@code java} prints how it was called. PATH has the fake JDK and the programs that the launcher needs, nothing
 * else. Safe for use by several threads once it is made.
 */
final class FakeCheckout {

    private static final List<String> NEEDED =
            List.of("basename bash cat cksum cut dirname env find flock head mkdir mktemp readlink rm sed sleep touch"
                    .split(" "));

    private static final List<String> MODULES =
            List.of("api web server session client process trace examiner cluster demo bench".split(" "));

    private static final String MVNW = """
            #!/usr/bin/env bash
            echo "$*" >>builds
            modules=()
            while (($#)); do [[ $1 != -pl ]] || IFS=, read -r -a modules <<<"$2"; shift; done
            for module in "${modules[@]}"; do mkdir -p "$module/target" && echo half >"$module/target/$module.jar"; done
            touch started
            while [[ -e hold ]]; do sleep 0.1; done
            [[ ! -e broken ]] || { echo "the reason" && exit 7; }
            for module in "${modules[@]}"; do
              echo thin >"$module/target/$module.jar.original"
              echo whole >"$module/target/$module.jar"
            done
            """;

    private static final String JAVA = """
            #!/usr/bin/env bash
            case "$*" in
              *-version*)
                printf '    java.home = %s\\n    java.specification.version = %s\\nopenjdk version "%s"\\n' \\
                  "$JDK" "$(<"$JDK/version")" "$(<"$JDK/version")" >&2
                exit ;;
              *-XX:ArchiveClassesAtExit=*)
                for option in "$@"; do [[ $option != *AtExit=* ]] || touch "${option#*=}"; done
                exit ;;
              *-Djarmode=tools*) mkdir -p "${!#}" && exit ;;
            esac
            if [[ " $* " == *" --hold "* ]]; then
              touch "$JDK/held"
              while [[ -e "$JDK/held" ]]; do sleep 0.1; done
            fi
            printf '%s\\n' "LC_ALL=${LC_ALL-} LC_CTYPE=${LC_CTYPE-}" "$@"
            """;

    private final Path dir;
    private final Path root;
    private final Path jdk;
    private final Path programs;

    private FakeCheckout(Path dir) {
        this.dir = dir;
        root = dir.resolve("Chitty Chät");
        jdk = dir.resolve("a jdk");
        programs = dir.resolve("programs");
    }

    /** Makes one, whose Java is 17 and whose locks are those of flock. */
    static FakeCheckout in(Path dir) throws IOException {
        FakeCheckout made = new FakeCheckout(dir);
        made.write("pom.xml", "config/chat-server.yml", "config/chat-client.yml", "config/prometheus/alerts.yml");
        for (String module : MODULES) {
            made.write("chat-" + module + "/pom.xml", "chat-" + module + "/src/main/java/A.java");
        }
        Files.copy(Home.dir().resolve("chitty"), made.root.resolve("chitty"), StandardCopyOption.COPY_ATTRIBUTES);
        program(made.root.resolve("mvnw"), MVNW);
        program(made.jdk.resolve("bin/java"), JAVA);
        program(made.jdk.resolve("bin/javac"), "");
        Files.writeString(made.jdk.resolve("version"), "17");
        for (String name : NEEDED) {
            made.bring(name);
        }
        return made;
    }

    private void write(String... files) throws IOException {
        for (String file : files) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), "");
            date(file, Instant.now().minusSeconds(60));
        }
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Path root() {
        return root;
    }

    Path jdk() {
        return jdk;
    }

    /** Puts a program of this machine on the launcher's PATH. */
    void bring(String name) throws IOException {
        Path there = List.of(Path.of("/usr/bin", name), Path.of("/bin", name)).stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("this machine has no " + name));
        program(name, "#!/bin/sh\nexec " + there + " \"$@\"\n");
    }

    /** Puts a program of one's own there. */
    void program(String name, String script) throws IOException {
        program(programs.resolve(name), script);
    }

    void remove(String name) throws IOException {
        Files.delete(programs.resolve(name));
    }

    /** Has a file look as if it had been written at that time. */
    void date(String file, Instant time) throws IOException {
        Files.setLastModifiedTime(root.resolve(file), FileTime.from(time));
    }

    /** A file that the fake Maven asks for. */
    void tell(String file) throws IOException {
        Files.writeString(root.resolve(file), "");
    }

    void untell(String file) throws IOException {
        Files.deleteIfExists(root.resolve(file));
    }

    /** How Maven was called, build by build. */
    List<String> builds() throws IOException {
        Path builds = root.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
    }

    /** Runs the launcher to its end, below the root. */
    Started.Run run(String... arguments) {
        return start(Map.of(), arguments).await();
    }

    /** The same with more in its environment; an empty value takes a variable away. */
    Started.Run run(Map<String, String> environment, String... arguments) {
        return start(environment, arguments).await();
    }

    Started start(Map<String, String> environment, String... arguments) {
        return start(root.resolve("chitty"), environment, arguments);
    }

    /** Starts the launcher by any path. */
    Started start(Path launcher, Map<String, String> environment, String... arguments) {
        Map<String, String> all = new TreeMap<>(
                Map.of("PATH", jdk.resolve("bin") + ":" + programs, "JDK", jdk.toString(), "TMPDIR", dir.toString()));
        all.putAll(environment);
        all.values().removeIf(String::isEmpty);
        return Started.start(launcher.toString(), all, List.of(arguments), dir);
    }
}
