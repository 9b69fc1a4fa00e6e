package io.chittychat.client.config;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.util.unit.DataSize;

/** Explains in one sentence which setting is not possible, and what to write instead. */
public final class BadSetting {

    private BadSetting() {}

    /** The sentence, if a setting is the reason why the client did not start. */
    public static Optional<String> in(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(BindException.class::isInstance)
                .map(BindException.class::cast)
                .reduce((outer, inner) -> inner)
                .filter(bind -> bind.getProperty() != null)
                .map(BadSetting::sentence);
    }

    private static String sentence(BindException failure) {
        ConfigurationProperty property = failure.getProperty();
        return "%s=%s is not possible: write %s"
                .formatted(
                        failure.getName(),
                        property == null ? "" : property.getValue(),
                        example(failure.getTarget().getType().resolve(Object.class)));
    }

    private static String example(Class<?> type) {
        if (type == Duration.class) {
            return "a duration, such as 500ms, 5s or 2m";
        }
        if (type == DataSize.class) {
            return "a size, such as 512KB or 10MB";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        return type.isPrimitive() || Number.class.isAssignableFrom(type)
                ? "a whole number"
                : "a " + type.getSimpleName();
    }
}
