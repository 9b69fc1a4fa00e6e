package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Message;
import io.chittychat.trace.spacetime.SpaceTime;
import java.util.Locale;

/** A conversation as a sequence diagram in the language of Mermaid, which many wikis and forges draw. */
public final class Mermaid implements SequenceSyntax {

    private Mermaid() {}

    /** The source of the diagram. */
    public static String of(SpaceTime spaceTime) {
        return SequenceScript.of(spaceTime, new Mermaid());
    }

    @Override
    public String begin(String title) {
        return "sequenceDiagram\n    title " + title;
    }

    @Override
    public String participant(int number, String name, boolean isService) {
        return "    participant p" + number + " as " + name;
    }

    @Override
    public String remark(String text, int columns) {
        return "    Note over p0" + (columns > 1 ? ",p" + (columns - 1) : "") + ": " + text;
    }

    @Override
    public String event(int column, String text) {
        return note(column, text);
    }

    @Override
    public String note(int column, String text) {
        return "    Note over p" + column + ": " + text;
    }

    @Override
    public String crash(int column, String text) {
        return note(column, text);
    }

    @Override
    public String arrow(int from, int to, Message.Kind kind, boolean isBroken, String label) {
        String form =
                switch (kind) {
                    case REQUEST -> "->>";
                    case REPLY -> "-->>";
                    case BROADCAST -> "-)";
                };
        return "    p%d%sp%d: %s%s".formatted(from, form, to, label, isBroken ? " not later than its cause" : "");
    }

    @Override
    public String to() {
        return "→";
    }

    @Override
    public String end() {
        return "";
    }

    @Override
    public String byNumber(int codePoint) {
        return String.format(Locale.ROOT, "#%d;", codePoint);
    }
}
