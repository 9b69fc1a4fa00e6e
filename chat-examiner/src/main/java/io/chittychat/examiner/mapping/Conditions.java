package io.chittychat.examiner.mapping;

import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Conditions that hold together.
 *
 * @param all the conditions; none never hold
 */
record Conditions(List<Condition> all) {

    static final Conditions NONE = new Conditions(List.of());

    Conditions {
        all = List.copyOf(all);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** The parts that the patterns find, which may be none; empty if a condition does not hold. */
    Optional<Map<String, String>> match(Message message) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (Condition condition : all) {
            Optional<Map<String, String>> found = condition.match(message);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            parts.putAll(found.get());
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(parts);
    }
}
