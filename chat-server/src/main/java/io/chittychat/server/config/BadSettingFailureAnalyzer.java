package io.chittychat.server.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Says in one sentence which setting is not possible, where it was made, and what to write instead. */
@Order(Ordered.HIGHEST_PRECEDENCE) // before those of Spring Boot, which say it in ten lines
public final class BadSettingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        Throwable why = Optional.ofNullable(cause.getCause()).orElse(cause);
        String problem = why instanceof BindValidationException invalid ? invalid(invalid) : unreadable(cause);
        return new FailureAnalysis("Chitty-Chat does not start: " + problem + ".", null, cause);
    }

    private static String invalid(BindValidationException failure) {
        ConfigurationPropertyName name = failure.getValidationErrors().getName();
        return failure.getValidationErrors().getAllErrors().stream()
                .map(error -> invalid(name, error))
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private static String invalid(ConfigurationPropertyName name, ObjectError error) {
        if (error instanceof FieldError field) {
            return "%s.%s=%s %s%s"
                    .formatted(
                            name,
                            dashed(field.getField()),
                            shown(field.getRejectedValue()),
                            field.getDefaultMessage(),
                            place(Origin.from(field)));
        }
        return "%s %s".formatted(name, error.getDefaultMessage());
    }

    private static String unreadable(BindException failure) {
        ConfigurationProperty property = failure.getProperty();
        String what = property == null
                ? failure.getName().toString()
                : "%s=%s".formatted(failure.getName(), property.getValue());
        return "%s is not possible: write %s%s"
                .formatted(
                        isSecret(failure.getName()) ? failure.getName() : what,
                        examples(failure.getTarget().getType().resolve(Object.class)),
                        place(property == null ? null : property.getOrigin()));
    }

    private static boolean isSecret(ConfigurationPropertyName name) {
        return name.toString().contains("token") || name.toString().contains("secret");
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
        return "something that is a " + type.getSimpleName();
    }

    private static String shown(@Nullable Object value) {
        if (value instanceof Duration duration) {
            return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
        }
        return String.valueOf(value);
    }

    private static String dashed(String field) {
        return field.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String place(@Nullable Origin origin) {
        return origin == null ? "" : " (set in %s)".formatted(origin);
    }
}
