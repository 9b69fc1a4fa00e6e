package io.chittychat.server.config;

import io.chittychat.server.setting.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The names of the service's own settings, as the build wrote them down for IDEs; finds those that are none. */
final class KnownSettings {

    private static final ConfigurationPropertyName OWN = ConfigurationPropertyName.of("chitty");
    private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

    private final Set<ConfigurationPropertyName> names;

    private KnownSettings(Set<ConfigurationPropertyName> names) {
        this.names = names;
    }

    /** Reads them; there are none if the build did not write them down. */
    static KnownSettings packed() {
        try (InputStream in = KnownSettings.class.getResourceAsStream(METADATA)) {
            return new KnownSettings(in == null ? Set.of() : read(in));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + METADATA, e);
        }
    }

    private static Set<ConfigurationPropertyName> read(InputStream in) {
        Set<ConfigurationPropertyName> names = new TreeSet<>();
        for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
            names.add(ConfigurationPropertyName.of(property.path("name").asString()));
        }
        return names;
    }

    /**
     * Looks for settings of ours that are none. Those of the environment and of the JVM are left alone, which may have names
     * like that for another reason.
     *
     * @throws SettingsException if there is one
     */
    void check(Environment environment) {
        if (names.isEmpty()) {
            return;
        }
        ConfigurationPropertySources.get(environment).forEach(source -> {
            if (source instanceof IterableConfigurationPropertySource iterable
                    && !isOfTheSystem(source.getUnderlyingSource())) {
                iterable.stream()
                        .filter(OWN::isAncestorOf)
                        .filter(name -> !isKnown(name))
                        .findFirst()
                        .ifPresent(KnownSettings::refuse);
            }
        });
    }

    private static boolean isOfTheSystem(@Nullable Object source) {
        return source instanceof SystemEnvironmentPropertySource
                || (source instanceof PropertySource<?> named && named.getName().equals("systemProperties"));
    }

    /** Elements of a list have the name of the list. */
    private boolean isKnown(ConfigurationPropertyName name) {
        ConfigurationPropertyName whole = name;
        while (whole.isLastElementIndexed()) {
            whole = whole.getParent();
        }
        return names.contains(whole);
    }

    private static void refuse(ConfigurationPropertyName name) {
        throw new SettingsException("there is no setting " + name + "; config/chat-server.yml has them all");
    }
}
