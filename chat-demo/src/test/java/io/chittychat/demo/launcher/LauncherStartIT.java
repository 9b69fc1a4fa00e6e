package io.chittychat.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chittychat.demo.launcher.Started.Run;
import io.chittychat.process.machine.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With which Java the launcher starts what, and what it says where it cannot. */
@Timeout(120)
class LauncherStartIT {

    @TempDir
    private Path dir;

    private FakeCheckout checkout;

    @BeforeEach
    void make() throws IOException {
        checkout = FakeCheckout.in(dir);
    }

    @Test
    void argumentsArriveAsTheyWereGiven() {
        Run run = checkout.run("trace", "two words", "", "\"quoted\" 'twice'", "*", "ü", "back\\slash", "--x=$HOME");
        assertThat(run.arguments())
                .containsExactly("two words", "", "\"quoted\" 'twice'", "*", "ü", "back\\slash", "--x=$HOME");
        assertThat(run.java())
                .contains(checkout.root()
                        .resolve("chat-trace/target/chat-trace.jar")
                        .toString());
    }

    @Test
    void linkToItWillDo() throws IOException {
        Path first = Files.createSymbolicLink(dir.resolve("first"), Path.of("Chitty Chät", "chitty"));
        Path second = Files.createSymbolicLink(dir.resolve("second"), Path.of("first"));
        assertThat(Files.isSymbolicLink(first)).isTrue();
        assertThat(checkout.start(second, Map.of(), "trace", "logs").await().arguments())
                .containsExactly("logs");
    }

    @Test
    void optionsOfTheEnvironmentComeAfterItsOwn() {
        List<String> java = checkout.run(
                        Map.of("JAVA_OPTS", "-Xmx1g", "CHITTY_JAVA_OPTS", "-Da=b -Dc=d"), "server", "--x=y")
                .java();
        assertThat(java).filteredOn(argument -> argument.startsWith("@")).containsExactly(optionsFile(java));
        assertThat(java).containsSubsequence(optionsFile(java), "-Xmx1g", "-Da=b", "-Dc=d", "-jar", "--x=y");
    }

    private static String optionsFile(List<String> java) {
        return java.stream()
                .filter(argument -> argument.startsWith("@") && argument.endsWith("/config/server.options"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void serverAndClientStartFromAnArchiveOfTheirClasses() {
        for (String part : List.of("server", "client")) {
            Run first = checkout.run(part);
            assertThat(first.errors()).endsWith("preparing a quick start of chat-" + part + " ...\n");
            assertThat(first.java()).anyMatch(option -> option.startsWith("-XX:SharedArchiveFile="));
            assertThat(checkout.run(part).errors()).isEmpty();
        }
    }

    @Test
    void filesOfARunningServiceStayAsLongAsItRuns() throws IOException {
        checkout.run("server");
        Path first = unpacked();
        Path held = checkout.jdk().resolve("held");
        Started running = checkout.start(Map.of(), "server", "--hold");
        await().until(() -> Files.exists(held));

        buildAgain();
        Path second = unpacked();
        assertThat(second).isNotEqualTo(first);
        assertThat(first).isDirectory();

        Files.delete(held);
        assertThat(running.await().java())
                .contains(first.resolve("chat-server.jar").toString());
        buildAgain();
        assertThat(first).doesNotExist();
        assertThat(second).doesNotExist();
        assertThat(unpacked()).isDirectory();
    }

    private void buildAgain() throws IOException {
        checkout.date("chat-server/src/main/java/A.java", Instant.now());
        assertThat(checkout.run("server").java())
                .contains(unpacked().resolve("chat-server.jar").toString());
    }

    private Path unpacked() throws IOException {
        Path all = checkout.root().resolve("chat-server/target/app");
        return all.resolve(Files.readString(all.resolve("current")).strip());
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', '', '', C.UTF-8",
        "C, '', '', '', C.UTF-8",
        "'', POSIX, '', '', C.UTF-8",
        "'', '', C, C.UTF-8, ''",
        "en_GB.UTF-8, '', '', '', ''",
        "C, de_DE.ISO-8859-1, '', '', de_DE.ISO-8859-1"
    })
    void withoutALocaleNamesOfFilesAreInUtf8(
            String lang, String ctype, String all, String givenAll, String givenCtype) {
        Run run = checkout.run(Map.of("LANG", lang, "LC_CTYPE", ctype, "LC_ALL", all), "trace");
        assertThat(run.java()).startsWith("LC_ALL=" + givenAll + " LC_CTYPE=" + givenCtype);
    }

    @Test
    void missingJavaIsSaid() throws IOException {
        Files.delete(checkout.jdk().resolve("bin/java"));
        assertRefused(
                checkout.run("trace"),
                "Java 17 or newer is needed; there is no java in PATH, and JAVA_HOME is not set.");
        assertRefused(
                checkout.run(Map.of("JAVA_HOME", checkout.jdk().toString()), "trace"),
                "JAVA_HOME is " + checkout.jdk() + ", but there is no bin/java in it.");
    }

    @ParameterizedTest
    @CsvSource({"1.8, 8", "11, 11"})
    void oldJavaIsRefused(String version, String said) throws IOException {
        Files.writeString(checkout.jdk().resolve("version"), version);
        assertRefused(
                checkout.run("trace"),
                "Java 17 or newer is needed; " + checkout.jdk().resolve("bin/java") + " is version " + said + ".");
    }

    @Test
    void jreRunsWhatIsBuiltAndSaysWhatItLacksToBuild() throws IOException {
        checkout.run("trace");
        Files.delete(checkout.jdk().resolve("bin/javac"));
        checkout.program("javac", "#!/bin/sh\n"); // that of another Java does not help

        assertThat(checkout.run("trace").exitCode()).isZero();
        assertRefused(
                checkout.run("client"),
                "to build, a JDK is needed, not only a JRE: there is no javac in "
                        + checkout.jdk().resolve("bin") + ". JAVA_HOME may name another Java.");
        assertThat(checkout.builds()).hasSize(1);
    }

    @Test
    void helpNeedsNoJavaAndUnknownCommandsAreRefused() throws IOException {
        Files.delete(checkout.jdk().resolve("bin/java"));
        assertThat(checkout.run("help").output()).startsWith("usage: chitty COMMAND");
        Run unknown = checkout.run("dance");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.errors()).endsWith("chitty: there is no command 'dance'.\n");
    }

    /** With the real Java: the options that the service is started with, and a program that asks for more and more. */
    @Test
    void serviceWithoutMemoryEndsAndSaysSo() throws IOException, InterruptedException {
        List<String> given = checkout.run("server").java();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        assertThat(optionsFile(given)).isNotEmpty();
        command.add("@" + Home.dir().resolve("config/server.options")); // what stands there in this checkout
        given.stream()
                .filter(option -> option.startsWith("-XX:OnOutOfMemoryError"))
                .forEach(command::add);
        assertThat(command).hasSize(3);
        command.addAll(List.of(
                "-Xms8m", "-Xmx16m", "-Xmn4m", "-cp", System.getProperty("java.class.path"), Glutton.class.getName()));

        Started started = Started.start(command.remove(0), Map.of("PATH", "/usr/bin:/bin"), command, dir);

        Run run = started.await();
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.errors()).contains("chitty: no memory is left");
    }

    /** Asks for memory until there is none, and survives that. */
    static final class Glutton {

        private Glutton() {}

        public static void main(String[] args) throws InterruptedException {
            Object[] chain = {};
            while (true) {
                try {
                    chain = new Object[] {chain, new byte[1 << 20]};
                } catch (OutOfMemoryError e) {
                    Thread.sleep(100);
                }
            }
        }
    }

    private static void assertRefused(Run run, String sentence) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).endsWith("chitty: " + sentence + "\n");
        assertThat(run.output()).isEmpty();
    }
}
