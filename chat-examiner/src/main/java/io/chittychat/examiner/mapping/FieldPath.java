package io.chittychat.examiner.mapping;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The way to a field of a message: the names of fields, with dots between them. */
public final class FieldPath {

    private final List<FieldDescriptor> steps;

    private FieldPath(List<FieldDescriptor> steps) {
        this.steps = List.copyOf(steps);
    }

    /**
     * A path in messages of a type.
     *
     * @param where the place in the mapping, for messages
     * @throws MappingException if there is no such field
     */
    static FieldPath of(Descriptor type, String path, String where) {
        List<FieldDescriptor> steps = new ArrayList<>();
        Descriptor current = type;
        for (String name : path.split("\\.", -1)) {
            if (current == null) {
                throw new MappingException(where, path + " goes on after a field that is no message");
            }
            FieldDescriptor field = current.findFieldByName(name);
            if (field == null) {
                String all = current.getFields().stream()
                        .map(FieldDescriptor::getName)
                        .collect(Collectors.joining(", "));
                throw new MappingException(
                        where,
                        "%s has no field '%s'; it has: %s"
                                .formatted(current.getFullName(), name, all.isEmpty() ? "none" : all));
            }
            steps.add(field);
            current = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE ? field.getMessageType() : null;
        }
        return new FieldPath(steps);
    }

    /** The field at the end. */
    FieldDescriptor field() {
        return steps.get(steps.size() - 1);
    }

    /** Requires that each message has at most one value. */
    FieldPath single(String where) {
        for (FieldDescriptor step : steps) {
            if (step.isRepeated()) {
                throw new MappingException(where, "the field " + step.getName() + " is repeated; only 'each' may be");
            }
        }
        return this;
    }

    /** The value of the field; empty if the field or a message on the way to it is absent. */
    Optional<Object> read(Message message) {
        Message current = message;
        for (FieldDescriptor step : steps.subList(0, steps.size() - 1)) {
            if (!current.hasField(step)) {
                return Optional.empty();
            }
            current = (Message) current.getField(step);
        }
        return field().hasPresence() && !current.hasField(field())
                ? Optional.empty()
                : Optional.of(current.getField(field()));
    }

    /** The value as text: a number, a name of an enum, or a string. */
    public Optional<String> text(Message message) {
        return read(message).map(FieldPath::textOf);
    }

    /** The value as a number; empty if it is none. */
    public OptionalLong number(Message message) {
        return read(message).map(FieldPath::numberOf).orElse(OptionalLong.empty());
    }

    private static String textOf(Object value) {
        if (value instanceof EnumValueDescriptor constant) {
            return constant.getName();
        }
        return value instanceof ByteString bytes ? bytes.toStringUtf8() : String.valueOf(value);
    }

    private static OptionalLong numberOf(Object value) {
        return value instanceof Number number ? OptionalLong.of(number.longValue()) : Numbers.parse(textOf(value));
    }

    /** Sets the field, and makes the messages on the way to it. */
    void write(Message.Builder message, Object value) {
        write(message, 0, value);
    }

    private void write(Message.Builder message, int at, Object value) {
        FieldDescriptor field = steps.get(at);
        Object own = value;
        if (at < steps.size() - 1) {
            Message.Builder inner = message.newBuilderForField(field).mergeFrom((Message) message.getField(field));
            write(inner, at + 1, value);
            own = inner.build();
        }
        message.setField(field, own);
    }

    @Override
    public String toString() {
        return steps.stream().map(FieldDescriptor::getName).collect(Collectors.joining("."));
    }
}
