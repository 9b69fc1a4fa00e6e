package io.chittychat.server.config;

import io.chittychat.server.log.cluster.StartException;
import io.chittychat.server.setting.SettingsException;
import io.chittychat.server.store.StoreException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * Explains in one sentence why the service does not start because of its settings or its store: which setting is
 * invalid, where it was set, and what to write instead.
 */
@Order(Ordered.HIGHEST_PRECEDENCE) // before Spring Boot's analyzers, which take ten lines
public final class StartFailureAnalyzer implements FailureAnalyzer {

    private final Environment environment;

    /** @param environment has the settings */
    public StartFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        BindException binding = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException bind) {
                binding = bind;
            }
            if (cause instanceof SettingsException settings) {
                return analysis(sentence(settings, binding), cause);
            }
            if (cause instanceof StoreException || cause instanceof StartException) {
                return analysis(cause.getMessage(), cause);
            }
            if (cause instanceof WebServerException
                    && String.valueOf(cause.getMessage()).contains("tempDir")) {
                return analysis(
                        "the directory for temporary files, " + System.getProperty("java.io.tmpdir")
                                + ", must be writable and have space. Name another one: -Djava.io.tmpdir=DIRECTORY",
                        cause);
            }
            if (cause instanceof InvalidConfigurationPropertyValueException value) { // a setting that was not bound
                return analysis(
                        "%s=%s is not possible (%s).".formatted(value.getName(), value.getValue(), value.getReason()),
                        cause);
            }
        }
        return binding == null ? null : analysis(unreadable(binding), binding);
    }

    private static FailureAnalysis analysis(@Nullable String why, Throwable cause) {
        return new FailureAnalysis("Chitty-Chat does not start: " + why, null, cause);
    }

    private String sentence(SettingsException failure, @Nullable BindException binding) {
        if (binding == null || failure.setting().isEmpty()) {
            String message = String.valueOf(failure.getMessage());
            return message.endsWith(".") ? message : message + ".";
        }
        ConfigurationPropertyName name =
                binding.getName().append(failure.setting().get());
        ConfigurationProperty property = property(name);
        return "%s %s%s.".formatted(assignment(name, property), failure.rule().orElseThrow(), place(property));
    }

    private @Nullable ConfigurationProperty property(ConfigurationPropertyName name) {
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .flatMap(source -> Optional.ofNullable(source.getConfigurationProperty(name)).stream())
                .findFirst()
                .orElse(null);
    }

    private static String unreadable(BindException failure) {
        ConfigurationProperty property = failure.getProperty();
        return "%s is not possible: write %s%s."
                .formatted(
                        assignment(failure.getName(), property),
                        examples(failure.getTarget().getType().resolve(Object.class)),
                        place(property));
    }

    private static String assignment(ConfigurationPropertyName name, @Nullable ConfigurationProperty property) {
        boolean secret = name.toString().contains("token") || name.toString().contains("secret");
        return secret || property == null ? name.toString() : name + "=" + property.getValue();
    }

    private static String examples(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (type == Duration.class) {
            return "a duration, such as 500ms, 5s, 10m or 30d";
        }
        if (type == DataSize.class) {
            return "a size, such as 512KB or 64MB";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number";
        }
        return "a value of type " + type.getSimpleName();
    }

    private static String place(@Nullable ConfigurationProperty property) {
        Origin origin = property == null ? null : property.getOrigin();
        return origin == null ? "" : " (set in %s)".formatted(origin);
    }
}
