package io.chittychat.examiner.mapping;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.chittychat.examiner.foreign.ForeignService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** Compares a mapping with the contract of the service. */
final class MappingReader {

    private final ForeignService service;

    MappingReader(ForeignService service) {
        this.service = service;
    }

    Mapping read(MappingNode content) {
        Mapping.Call join = call(content.part("join"));
        Mapping.Call publish = call(content.part("publish"));
        Mapping.Broadcast broadcast = broadcast(content.part("broadcast"), join);
        Optional<String> ending = content.isText("leave") ? content.text("leave") : Optional.empty();
        if (ending.filter(word -> !word.equals("cancel") && !word.equals("close"))
                .isPresent()) {
            throw new MappingException("leave", "'" + ending.get() + "': give cancel, close, or call and send");
        }
        return new Mapping(
                service.name(),
                join,
                publish,
                ending.isPresent() ? Optional.empty() : Optional.of(call(content.part("leave"))),
                ending.equals(Optional.of("close")),
                broadcast);
    }

    private Mapping.Call call(MappingNode node) {
        node.onlyWith("call", "send", "answer", "refused");
        MethodDescriptor method = service.method(node.required("call"));
        Descriptor response = method.getOutputType();
        MappingNode answer = node.has("answer") ? node.part("answer").onlyWith("session", "time") : node;
        return new Mapping.Call(
                method,
                Template.of(method.getInputType(), node.texts("send"), node.where() + ".send"),
                node.has("answer") ? path(answer, "session", response) : Optional.empty(),
                node.has("answer") ? path(answer, "time", response) : Optional.empty(),
                conditions(node, "refused", response));
    }

    private Mapping.Broadcast broadcast(MappingNode node, Mapping.Call join) {
        node.onlyWith("call", "send", "each", "event");
        MethodDescriptor method = service.method(node.required("call"));
        if (!method.isServerStreaming()) {
            throw new MappingException("broadcast.call", method.getName() + " returns no stream");
        }
        boolean own = !method.equals(join.method());
        if (!own && node.has("send")) {
            throw new MappingException("broadcast.send", "the request is that of join, whose call is the same");
        }
        return new Mapping.Broadcast(
                method,
                own
                        ? Optional.of(Template.of(method.getInputType(), node.texts("send"), "broadcast.send"))
                        : Optional.empty(),
                events(node, method.getOutputType()));
    }

    private static EventReader events(MappingNode node, Descriptor response) {
        Optional<FieldPath> each = node.text("each").map(name -> FieldPath.of(response, name, "broadcast.each"));
        if (each.isPresent() && each.get().field().getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            throw new MappingException("broadcast.each", each.get() + " is no message");
        }
        Descriptor type = each.map(path -> path.field().getMessageType()).orElse(response);
        MappingNode event = node.part("event").onlyWith("time", "from", "text", "joined", "published", "left");
        List<EventReader.Form> forms = new ArrayList<>();
        for (Kind kind : List.of(Kind.JOINED, Kind.LEFT, Kind.PUBLISHED)) {
            forms.add(form(kind, event, type));
        }
        return new EventReader(each, forms);
    }

    private static EventReader.Form form(Kind kind, MappingNode event, Descriptor type) {
        MappingNode own = event.has(kind.word())
                ? event.part(kind.word()).onlyWith("when", "time", "from", "text")
                : MappingNode.of(event.where() + "." + kind.word(), Map.of());
        Optional<FieldPath> text = path(own, "text", type).or(() -> path(event, "text", type));
        Conditions when = conditions(own, "when", type);
        if (when.isEmpty() && kind != Kind.PUBLISHED) {
            if (text.isEmpty()) {
                throw new MappingException(
                        own.where(), "say 'when' an event is this, or which field has the sentence (text)");
            }
            when = new Conditions(List.of(new Condition(text.get(), kind.sentence())));
        }
        Optional<FieldPath> time = path(own, "time", type).or(() -> path(event, "time", type));
        if (kind == Kind.PUBLISHED
                && time.isEmpty()
                && !own.texts("when").toString().contains("(?<time>")) {
            throw new MappingException(event.where(), "say which field has the Lamport time (time)");
        }
        return new EventReader.Form(
                kind, when, time, path(own, "from", type).or(() -> path(event, "from", type)), text);
    }

    private static Optional<FieldPath> path(MappingNode node, String key, Descriptor type) {
        String where = node.where() + "." + key;
        return node.text(key).map(name -> FieldPath.of(type, name, where).single(where));
    }

    private static Conditions conditions(MappingNode node, String key, Descriptor type) {
        String where = node.where() + "." + key;
        List<Condition> all = new ArrayList<>();
        node.texts(key).forEach((name, expected) -> {
            try {
                all.add(new Condition(FieldPath.of(type, name, where).single(where), expected));
            } catch (PatternSyntaxException e) {
                throw new MappingException(where, "the pattern " + expected + " is not valid: " + e.getDescription());
            }
        });
        return new Conditions(all);
    }
}
