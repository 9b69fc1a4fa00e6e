package io.chittychat.examiner.mapping;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A part of a mapping file: keys and values, and where it stands. */
final class MappingNode {

    private final String where;
    private final Map<String, Object> entries;

    private MappingNode(String where, Map<String, Object> entries) {
        this.where = where;
        this.entries = entries;
    }

    /**
     * A part.
     *
     * @throws MappingException if it is not a list of keys and values
     */
    static MappingNode of(String where, Object content) {
        if (!(content instanceof Map<?, ?> map)) {
            throw new MappingException(where, "keys and values are expected, such as  call: Join");
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                entries.put(String.valueOf(key), value);
            }
        });
        return new MappingNode(where, entries);
    }

    /** Requires that it has no other keys. */
    MappingNode onlyWith(String... known) {
        Set<String> allowed = new TreeSet<>(Set.of(known));
        for (String key : entries.keySet()) {
            if (!allowed.contains(key)) {
                throw new MappingException(
                        where, "'" + key + "' is not known here; known are: " + String.join(", ", allowed));
            }
        }
        return this;
    }

    String where() {
        return where;
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** Whether a key is there, and has a text. */
    boolean isText(String key) {
        return has(key) && !(entries.get(key) instanceof Map<?, ?>);
    }

    /** The text of a key. */
    Optional<String> text(String key) {
        Object value = entries.get(key);
        if (value instanceof Map<?, ?>) {
            throw new MappingException(where(key), "one value is expected");
        }
        return Optional.ofNullable(value).map(String::valueOf);
    }

    /** The text of a key that must be there. */
    String required(String key) {
        return text(key).orElseThrow(() -> new MappingException(where, "'" + key + "' is missing"));
    }

    /** The part below a key that must be there. */
    MappingNode part(String key) {
        Object content = entries.get(key);
        if (content == null) {
            throw new MappingException(where, "'" + key + "' is missing");
        }
        return of(where(key), content);
    }

    /** The keys and texts below a key; none if it is not there. */
    Map<String, String> texts(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (has(key)) {
            MappingNode part = part(key);
            part.entries.keySet().forEach(name -> texts.put(name, part.required(name)));
        }
        return texts;
    }

    private String where(String key) {
        return where.isEmpty() ? key : where + "." + key;
    }
}
