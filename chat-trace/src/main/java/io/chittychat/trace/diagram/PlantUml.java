package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Message;
import io.chittychat.trace.spacetime.SpaceTime;
import java.util.Locale;

/** A conversation as a sequence diagram in the language of PlantUML, old versions included. */
public final class PlantUml implements SequenceSyntax {

    private PlantUml() {}

    /** The text between {@code @startuml} and {@code @enduml}, both included. */
    public static String of(SpaceTime spaceTime) {
        return SequenceScript.of(spaceTime, new PlantUml());
    }

    @Override
    public String begin(String title) {
        return "@startuml\nhide footbox\nskinparam shadowing false\ntitle " + title;
    }

    @Override
    public String participant(int number, String name, boolean isService) {
        return (isService ? "control" : "participant") + " \"" + name + "\" as p" + number;
    }

    @Override
    public String remark(String text, int columns) {
        return "== " + text + " ==";
    }

    @Override
    public String event(int column, String text) {
        return "hnote over p" + column + ": " + text;
    }

    @Override
    public String note(int column, String text) {
        return "note over p" + column + ": " + text;
    }

    @Override
    public String crash(int column, String text) {
        return note(column, text) + "\ndestroy p" + column;
    }

    @Override
    public String arrow(int from, int to, Message.Kind kind, boolean isBroken, String label) {
        String form =
                switch (kind) {
                    case REQUEST -> "->";
                    case REPLY -> "-->>";
                    case BROADCAST -> "->>";
                };
        return "p%d %s p%d : %s".formatted(from, isBroken ? form.replaceFirst("-", "-[#red]") : form, to, label);
    }

    @Override
    public String to() {
        return "<U+2192>";
    }

    @Override
    public String end() {
        return "@enduml";
    }

    @Override
    public String byNumber(int codePoint) {
        return String.format(Locale.ROOT, "<U+%04X>", codePoint);
    }
}
