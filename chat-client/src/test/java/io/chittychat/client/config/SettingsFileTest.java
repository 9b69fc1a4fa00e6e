package io.chittychat.client.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.FileSystemResource;

/** The commented settings file has exactly the settings of the records. */
class SettingsFileTest {

    private static final Path FILE = Path.of("..", "config", "chat-client.yml");
    private static final String SET_BY_THE_PROGRAM = "chitty.client.interactive";

    @Test
    void fileHasEverySettingAndNoOther() throws IOException {
        List<String> inRecords = JsonPath.read(metadata(), "$.properties[?(@.name =~ /chitty\\..*/)].name");
        assertThat(inFile())
                .containsExactlyInAnyOrderElementsOf(inRecords.stream()
                        .filter(name -> !name.equals(SET_BY_THE_PROGRAM))
                        .toList());
    }

    @Test
    void everySettingIsExplainedForIdes() throws IOException {
        List<String> silent = JsonPath.read(metadata(), "$.properties[?(!@.description)].name");
        assertThat(silent).isEmpty();
    }

    private static List<String> inFile() throws IOException {
        return new YamlPropertySourceLoader()
                .load("settings", new FileSystemResource(FILE)).stream()
                        .flatMap(document -> Stream.of(((EnumerablePropertySource<?>) document).getPropertyNames()))
                        .filter(name -> name.startsWith("chitty."))
                        .toList();
    }

    private static String metadata() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                ClientProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
