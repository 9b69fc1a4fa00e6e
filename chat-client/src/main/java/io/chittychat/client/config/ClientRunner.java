package io.chittychat.client.config;

import io.chittychat.client.render.ErrorLine;
import io.chittychat.client.shell.BlockingSession;
import io.chittychat.client.shell.ChatShellRunner;
import io.chittychat.client.shell.HeldScreen;
import io.chittychat.client.shell.RunOutcome;
import io.chittychat.session.ChatException;
import java.util.OptionalLong;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/** Runs the shell, or follows the chat, until the end of the run. */
final class ClientRunner implements ApplicationRunner {

    private final ClientRun run;
    private final ChatShellRunner shell;
    private final BlockingSession session;
    private final HeldScreen screen;
    private final ClientProperties properties;

    ClientRunner(
            ClientRun run,
            ChatShellRunner shell,
            BlockingSession session,
            HeldScreen screen,
            ClientProperties properties) {
        this.run = run;
        this.shell = shell;
        this.session = session;
        this.screen = screen;
        this.properties = properties;
    }

    @Override
    public void run(ApplicationArguments arguments) throws Exception {
        if (run.tail().isPresent()) {
            follow(run.tail().get().after());
        } else {
            shell.run(new String[0]);
        }
    }

    /**
     * Joins, shows events until the session ends for good, and says nothing.
     *
     * @param after shows older events after this Lamport time first, 0 for all that are kept; empty for none
     */
    private void follow(OptionalLong after) throws InterruptedException {
        String name = properties
                .ownName()
                .orElseGet(() -> "tail-" + ProcessHandle.current().pid());
        try {
            begin(name, after);
            session.awaitEnd();
            shell.note(RunOutcome.NO_SERVICE);
        } catch (ChatException e) {
            shell.note(RunOutcome.of(e));
            screen.warn(ErrorLine.of(e, properties.server()));
        }
    }

    /** Shows the older events before those that arrive meanwhile. */
    private void begin(String name, OptionalLong after) {
        screen.hold();
        try {
            long joined = session.join(name).lamportTime();
            after.ifPresent(from -> session.after(from, joined).forEach(event -> screen.show(screen.line(event))));
        } finally {
            screen.release();
        }
    }
}
