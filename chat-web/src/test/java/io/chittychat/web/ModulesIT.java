package io.chittychat.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chittychat.process.machine.DebianPackages;
import io.chittychat.process.machine.Home;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page's modules outside of a browser, by Node's own test runner. Skipped only where there is no Node and none can be installed. */
class ModulesIT {

    private static final File NODE = new File("/usr/bin/node");

    @Test
    @Timeout(300) // Node may have to be installed
    void theModulesDoWhatTheirTestsSay() throws IOException, InterruptedException {
        Optional<String> problem = NODE.canExecute() ? Optional.empty() : DebianPackages.install("nodejs");
        assumeTrue(problem.isEmpty(), () -> "no module was tried: " + problem.orElse(""));
        Path module = Home.dir().resolve("chat-web");
        List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=tap"));
        try (Stream<Path> files = Files.walk(module.resolve("src/test/js"))) {
            files.map(Path::toString)
                    .filter(name -> name.endsWith(".test.js") || name.endsWith(".test.mjs"))
                    .forEach(command::add);
        }
        Process tests = new ProcessBuilder(command)
                .directory(module.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(tests.getInputStream().readAllBytes(), UTF_8);
        assertThat(tests.waitFor()).as(said).isZero();
        assertThat(said).containsPattern("# pass [1-9][0-9]");
    }
}
