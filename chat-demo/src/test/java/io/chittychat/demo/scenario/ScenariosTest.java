package io.chittychat.demo.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenariosTest {

    @TempDir
    private Path dir;

    @Test
    void fileIsReadWhateverEditorsPutBeforeItsText() throws IOException {
        Path file = Files.write(
                dir.resolve("my.txt"),
                "\uFEFFtitle Grüße\r\nalice joins\r\nbob joins\r\nbob says \"你好\"\r\n".getBytes(UTF_8));

        assertThat(Scenarios.load(file.toString()).title()).isEqualTo("Grüße");
    }

    @Test
    void whatIsNotThereOrNotTextIsRefused() throws IOException {
        Path file = Files.write(dir.resolve("latin.txt"), "title Grüße".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> Scenarios.load(file.toString()))
                .isInstanceOf(ScenarioException.class)
                .hasMessage(file + " is not text in UTF-8");
        assertThatThrownBy(() -> Scenarios.load("tragedy"))
                .isInstanceOf(ScenarioException.class)
                .hasMessage("there is no scenario 'tragedy': it is neither a file nor one of"
                        + " conversation, crowd, unreliable, failover");
    }
}
