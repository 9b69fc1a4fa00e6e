package io.chittychat.examiner.mapping;

import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition on a field: its value, {@code present}, {@code absent}, or a pattern between slashes, whose groups
 * {@code name}, {@code time} and {@code text} are parts of an event.
 */
final class Condition {

    private static final String[] GROUPS = {"name", "time", "text"};

    private final FieldPath field;
    private final String expected;
    private final Optional<Pattern> pattern;

    Condition(FieldPath field, String expected) {
        this(
                field,
                expected,
                expected.length() > 1 && expected.startsWith("/") && expected.endsWith("/")
                        ? Optional.of(Pattern.compile(expected.substring(1, expected.length() - 1), Pattern.DOTALL))
                        : Optional.empty());
    }

    Condition(FieldPath field, Pattern pattern) {
        this(field, "", Optional.of(pattern));
    }

    private Condition(FieldPath field, String expected, Optional<Pattern> pattern) {
        this.field = field;
        this.expected = expected;
        this.pattern = pattern;
    }

    /** The parts that the pattern finds, which may be none; empty if the condition does not hold. */
    Optional<Map<String, String>> match(Message message) {
        Optional<String> value = field.text(message);
        if (pattern.isPresent()) {
            return value.map(pattern.get()::matcher).filter(Matcher::find).map(this::groups);
        }
        boolean holds =
                switch (expected) {
                    case "present" -> value.isPresent();
                    case "absent" -> value.isEmpty();
                    default -> value.equals(Optional.of(expected));
                };
        return holds ? Optional.of(Map.of()) : Optional.empty();
    }

    private Map<String, String> groups(Matcher found) {
        Map<String, String> groups = new LinkedHashMap<>();
        for (String name : GROUPS) {
            if (found.pattern().pattern().contains("(?<" + name + ">")) {
                Optional.ofNullable(found.group(name)).ifPresent(text -> groups.put(name, text));
            }
        }
        return groups;
    }
}
