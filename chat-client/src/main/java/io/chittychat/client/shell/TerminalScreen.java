package io.chittychat.client.shell;

import io.chittychat.client.render.ConversationLine;
import io.chittychat.client.render.DayLine;
import io.chittychat.client.render.PlainLine;
import io.chittychat.client.render.TerminalLook;
import io.chittychat.v1.Event;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/** Shows lines above the prompt, and leaves the typed line as it is. */
public final class TerminalScreen implements Screen {

    private final ChatLineReader reader;
    private final Terminal terminal;
    private final Supplier<TerminalLook> look;
    private final boolean bell;

    /**
     * Shows lines above a line reader's prompt.
     *
     * @param bell whether to ring when a message contains the user's name
     */
    public TerminalScreen(ChatLineReader reader, Supplier<TerminalLook> look, boolean bell) {
        this.reader = reader;
        this.terminal = reader.getTerminal();
        this.look = look;
        this.bell = bell;
    }

    @Override
    public void event(Event event) {
        TerminalLook now = look.get();
        reader.printAbove(ConversationLine.of(event, now));
        if (bell && ConversationLine.calls(event, now)) {
            terminal.puts(Capability.bell);
            terminal.flush();
        }
    }

    @Override
    public void show(String line) {
        reader.printAbove(PlainLine.fit(line, look.get().width()));
    }

    @Override
    public void warn(String line) {
        show(line);
    }

    @Override
    public String line(Event event) {
        return ConversationLine.of(event, look.get()).toAnsi(terminal);
    }

    @Override
    public List<String> lines(List<Event> events) {
        TerminalLook now = look.get();
        return DayLine.among(events, now, LocalDate.now(now.zone())).stream()
                .map(line -> line.toAnsi(terminal))
                .toList();
    }

    @Override
    public void refresh() {
        reader.refresh();
    }
}
