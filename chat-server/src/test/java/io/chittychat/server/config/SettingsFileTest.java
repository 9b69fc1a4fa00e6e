package io.chittychat.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/** The commented file of settings and the records of settings agree. */
class SettingsFileTest {

    private static final Path FILE = Path.of("..", "config", "chat-server.yml");

    @Test
    void fileHasEverySettingWithItsDefaultAndNoOther() throws IOException {
        assertThat(inFile()).containsExactlyInAnyOrderEntriesOf(inRecords());
    }

    @Test
    void everySettingIsExplainedForIdes() throws IOException {
        List<String> silent = JsonPath.read(metadata(), "$.properties[?(!@.description)].name");
        assertThat(silent).isEmpty();
    }

    @Test
    void everySettingOrItsGroupHasAComment() throws IOException {
        List<String> bare = new ArrayList<>();
        String before = "";
        for (String line : Files.readAllLines(FILE)) {
            boolean setting = line.matches("  +[a-z-]+: ?.*") && !line.strip().startsWith("#");
            boolean isGroup = line.stripTrailing().endsWith(":");
            boolean explained = before.strip().startsWith("#") || before.matches("  +[a-z-]+: ?.*");
            if (setting && !isGroup && !explained) {
                bare.add(line);
            }
            before = line;
        }
        assertThat(bare).isEmpty();
    }

    /** The service's own settings in the file, without those of profiles. */
    private static Map<String, String> inFile() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        PropertySource<?> first = new YamlPropertySourceLoader()
                .load("settings", new FileSystemResource(FILE))
                .get(0);
        for (String name : ((EnumerablePropertySource<?>) first).getPropertyNames()) {
            if (name.startsWith("chitty.")) {
                settings.put(name, String.valueOf(first.getProperty(name)));
            }
        }
        return settings;
    }

    /** The settings of the records, with their defaults. */
    private static Map<String, String> inRecords() throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        List<Map<String, Object>> properties = JsonPath.read(metadata(), "$.properties[?(@.name =~ /chitty\\..*/)]");
        for (Map<String, Object> property : properties) {
            settings.put(String.valueOf(property.get("name")), text(property.get("defaultValue")));
        }
        return settings;
    }

    private static String text(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Object::toString).collect(Collectors.joining(","));
        }
        return value == null ? "" : value.toString();
    }

    private static String metadata() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                ChittyProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void profilesSetOnlyKnownSettings() throws IOException {
        List<PropertySource<?>> documents =
                new YamlPropertySourceLoader().load("settings", new FileSystemResource(FILE));
        assertThat(documents).hasSize(3);
        TreeSet<String> unknown = new TreeSet<>();
        for (PropertySource<?> document : documents.subList(1, 3)) {
            for (String name : ((EnumerablePropertySource<?>) document).getPropertyNames()) {
                if (name.startsWith("chitty.") && !inRecords().containsKey(name)) {
                    unknown.add(name);
                }
            }
        }
        assertThat(unknown).isEmpty();
    }
}
