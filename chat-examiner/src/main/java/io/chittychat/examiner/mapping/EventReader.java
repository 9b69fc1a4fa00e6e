package io.chittychat.examiner.mapping;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads events in messages of Broadcast. A message that is no event, such as a sign of life, has none. */
public final class EventReader {

    /**
     * How one kind of events is told.
     *
     * @param when the conditions for it; without any, it is what no other kind is
     */
    record Form(
            Kind kind, Conditions when, Optional<FieldPath> time, Optional<FieldPath> from, Optional<FieldPath> text) {}

    private final Optional<FieldPath> each;
    private final List<Form> forms;

    EventReader(Optional<FieldPath> each, List<Form> forms) {
        this.each = each;
        this.forms = List.copyOf(forms);
    }

    /** The events in a message, in their order. */
    public List<Event> read(Message message) {
        List<Event> events = new ArrayList<>();
        for (Object one : each.flatMap(path -> path.read(message))
                .map(EventReader::all)
                .orElse(each.isPresent() ? List.of() : List.of(message))) {
            event((Message) one).ifPresent(events::add);
        }
        return events;
    }

    private static List<?> all(Object values) {
        return values instanceof List<?> list ? list : List.of(values);
    }

    private Optional<Event> event(Message message) {
        return forms.stream().flatMap(form -> event(form, message).stream()).findFirst();
    }

    private static Optional<Event> event(Form form, Message message) {
        if (form.when().isEmpty()) {
            return Optional.of(event(form, message, Map.of()))
                    .filter(event -> !event.text().isEmpty());
        }
        return form.when().match(message).map(found -> event(form, message, found));
    }

    private static Event event(Form form, Message message, Map<String, String> found) {
        OptionalLong time = form.time()
                .map(path -> path.number(message))
                .orElseGet(() -> Numbers.parse(found.getOrDefault("time", "")));
        String name = found.getOrDefault("name", text(form.from(), message));
        return new Event(form.kind(), time, name, found.getOrDefault("text", text(form.text(), message)));
    }

    private static String text(Optional<FieldPath> path, Message message) {
        return path.flatMap(field -> field.text(message)).orElse("");
    }
}
