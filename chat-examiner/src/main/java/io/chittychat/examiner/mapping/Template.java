package io.chittychat.examiner.mapping;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request with places for what is known only when it is sent: {@code $name}, {@code $text}, {@code $time} and others. */
public final class Template {

    /** All places, and what stands in them. */
    private static final Set<String> PLACES =
            new TreeSet<>(Set.of("name", "text", "time", "session", "sequence", "id"));

    private static final Pattern PLACE = Pattern.compile("\\$([a-z_]+)");

    private final Descriptor type;
    private final Map<FieldPath, String> fields;

    private Template(Descriptor type, Map<FieldPath, String> fields) {
        this.type = type;
        this.fields = fields;
    }

    /**
     * A template.
     *
     * @throws MappingException if a field or a place does not exist, or a constant does not fit its field
     */
    static Template of(Descriptor type, Map<String, String> values, String where) {
        Map<FieldPath, String> fields = new LinkedHashMap<>();
        values.forEach((path, value) -> {
            FieldPath field = FieldPath.of(type, path, where).single(where);
            PLACE.matcher(value).results().map(place -> place.group(1)).forEach(place -> {
                if (!PLACES.contains(place)) {
                    throw new MappingException(
                            where, "there is no $" + place + "; there are $" + String.join(", $", PLACES));
                }
            });
            if (!PLACE.matcher(value).find()) {
                convert(field.field(), value, where);
            }
            fields.put(field, value);
        });
        return new Template(type, fields);
    }

    /** Whether it has a place. */
    public boolean has(String place) {
        return fields.values().stream()
                .flatMap(value -> PLACE.matcher(value).results())
                .map(found -> found.group(1))
                .anyMatch(place::equals);
    }

    /**
     * A request.
     *
     * @param values what stands in the places
     * @throws MappingException if a value does not fit its field
     */
    public DynamicMessage fill(Map<String, String> values) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        fields.forEach((field, value) -> {
            String text = PLACE.matcher(value).replaceAll(place -> Matcher.quoteReplacement(valueOf(place, values)));
            field.write(message, convert(field.field(), text, "the field " + field));
        });
        return message.build();
    }

    private static String valueOf(MatchResult place, Map<String, String> values) {
        return values.getOrDefault(place.group(1), "");
    }

    private static Object convert(FieldDescriptor field, String text, String where) {
        try {
            return switch (field.getJavaType()) {
                case STRING -> text;
                case INT -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case FLOAT -> Float.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case BOOLEAN -> Boolean.valueOf(text);
                case BYTE_STRING -> ByteString.copyFromUtf8(text);
                case ENUM -> constant(field, text, where);
                case MESSAGE -> DynamicMessage.getDefaultInstance(field.getMessageType());
            };
        } catch (NumberFormatException e) {
            throw new MappingException(where, "'" + text + "' is no number for the field " + field.getName());
        }
    }

    private static EnumValueDescriptor constant(FieldDescriptor field, String text, String where) {
        EnumValueDescriptor constant = field.getEnumType().findValueByName(text);
        if (constant == null) {
            throw new MappingException(where, "the enum " + field.getEnumType().getFullName() + " has no " + text);
        }
        return constant;
    }
}
