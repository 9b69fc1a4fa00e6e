package io.chittychat.server.config;

import io.chittychat.server.setting.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds unknown settings: it knows the names of all settings from the metadata that the build writes for IDEs. Spring
 * Boot can refuse unknown settings, too (ignoreUnknownFields), but does not check the environment.
 */
final class KnownSettings {

    private static final ConfigurationPropertyName OWN = ConfigurationPropertyName.of("chitty");
    private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

    private static final String OWN_VARIABLES = "CHITTY_";
    private static final Pattern INDEX = Pattern.compile("_\\d+_?$"); // the index of an element of a list

    /** Variables that have the prefix of settings, but are for other programs. */
    private static final Pattern OTHER_VARIABLES = Pattern.compile("CHITTY_("
            + "ADDRESS" // in chat-server.yml
            + "|JAVA_OPTS" // the launcher's
            + "|JARS" // docker-compose.yml's
            + "|BARE" // .ci/bare's
            + "|CLIENT_.*" // settings of the terminal client
            + ")");

    /** Variables that Kubernetes sets in each container for a service whose name begins with chitty. */
    private static final Pattern OF_KUBERNETES = Pattern.compile("(CHITTY.*?)_(SERVICE|PORT)(_.*)?");

    private final Set<ConfigurationPropertyName> names;
    private final Set<String> variables;

    private KnownSettings(Set<ConfigurationPropertyName> names) {
        this.names = names;
        this.variables = names.stream().flatMap(KnownSettings::variables).collect(Collectors.toSet());
    }

    /** Reads the names from the metadata in this jar. */
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

    /** The environment variables that Spring Boot maps to a setting. */
    private static Stream<String> variables(ConfigurationPropertyName name) {
        String joined = name.toString().replace('.', '_').toUpperCase(Locale.ROOT);
        return Stream.of(joined.replace("-", ""), joined.replace('-', '_'));
    }

    /**
     * Checks all sources of settings except the JVM's system properties, which may have such names for other reasons.
     * Does nothing if there is no metadata.
     *
     * @throws SettingsException if there is an unknown setting
     */
    void check(Environment environment) {
        if (names.isEmpty()) {
            return;
        }
        ConfigurationPropertySources.get(environment).forEach(source -> {
            Object underlying = source.getUnderlyingSource();
            if (underlying instanceof SystemEnvironmentPropertySource system) {
                checkVariables(system);
            } else if (source instanceof IterableConfigurationPropertySource iterable && !isOfTheJvm(underlying)) {
                checkNames(iterable);
            }
        });
    }

    private static boolean isOfTheJvm(@Nullable Object source) {
        return source instanceof PropertySource<?> named && named.getName().equals("systemProperties");
    }

    private void checkNames(IterableConfigurationPropertySource source) {
        source.stream()
                .filter(OWN::isAncestorOf)
                .filter(name -> !isKnown(name))
                .findFirst()
                .ifPresent(name -> {
                    String place = Optional.ofNullable(source.getConfigurationProperty(name))
                            .map(ConfigurationProperty::getOrigin)
                            .map(" (set in %s)"::formatted)
                            .orElse("");
                    throw new SettingsException(
                            "unknown setting " + name + place + "; config/chat-server.yml lists all settings");
                });
    }

    /** Whether a name is that of a setting, or of an element of a setting that is a list. */
    private boolean isKnown(ConfigurationPropertyName name) {
        ConfigurationPropertyName whole = name;
        while (whole.isLastElementIndexed()) {
            whole = whole.getParent();
        }
        return names.contains(whole);
    }

    private void checkVariables(SystemEnvironmentPropertySource environment) {
        Stream.of(environment.getPropertyNames())
                .filter(variable -> variable.startsWith(OWN_VARIABLES))
                .filter(variable -> !isKnown(variable) && !isOfKubernetes(variable, environment))
                .findFirst()
                .ifPresent(variable -> {
                    throw new SettingsException("unknown variable " + variable + " in the environment;"
                            + " config/chat-server.yml lists all settings, of which chitty.session.resume-window has"
                            + " the variable CHITTY_SESSION_RESUMEWINDOW");
                });
    }

    private boolean isKnown(String variable) {
        return variables.contains(INDEX.matcher(variable).replaceFirst(""))
                || OTHER_VARIABLES.matcher(variable).matches();
    }

    private static boolean isOfKubernetes(String variable, PropertySource<?> environment) {
        Matcher parts = OF_KUBERNETES.matcher(variable);
        return parts.matches() && environment.containsProperty(parts.group(1) + "_SERVICE_HOST");
    }
}
