package io.chittychat.demo.process;

import static io.chittychat.text.LogKeys.SEQUENCE;
import static io.chittychat.text.LogKeys.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.process.Await;
import io.chittychat.process.ChildProcess;
import io.chittychat.process.Children;
import io.chittychat.trace.log.LogRecord;
import io.chittychat.trace.log.ParticipantRecords;
import io.chittychat.trace.log.RecordKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * A participant as a process of its own: the terminal client, with commands piped to it. Its log shows what it did and received.
 * Not safe for use by several threads.
 */
public final class ParticipantProcess implements DemoParticipant {

    /** Long, because a JVM may be starting on a busy machine. */
    public static final Duration STEP_BOUND = Duration.ofSeconds(60);

    private final String name;
    private final ChildProcess child;
    private final Workspace workspace;

    private ParticipantProcess(String name, ChildProcess child, Workspace workspace) {
        this.name = name;
        this.child = child;
        this.workspace = workspace;
    }

    /**
     * Starts a client; it has not joined yet.
     *
     * @param name letters, digits and hyphens, because it is a part of file names
     * @param server host and port
     */
    public static ParticipantProcess start(
            String name, Children children, Programs programs, Workspace workspace, String server) {
        return start(name, children, programs, workspace, server, List.of());
    }

    /**
     * Starts a client with more settings; it has not joined yet.
     *
     * @param settings further arguments, such as {@code --chitty.client.reconnect.max=1s}
     */
    public static ParticipantProcess start(
            String name,
            Children children,
            Programs programs,
            Workspace workspace,
            String server,
            List<String> settings) {
        List<String> arguments = new ArrayList<>(
                List.of("--server", server, "--log-dir", workspace.logs().toString()));
        arguments.addAll(settings);
        List<String> command = programs.clientCommand(arguments);
        ChildProcess child = children.start(name, command, workspace.dir(), workspace.output(name));
        return new ParticipantProcess(name, child, workspace);
    }

    @Override
    public String name() {
        return name;
    }

    public ChildProcess child() {
        return child;
    }

    @Override
    public ParticipantRecords log() {
        return ParticipantRecords.read(logFile());
    }

    @Override
    public Path logFile() {
        return workspace.logs().resolve("participant-" + name + ".log");
    }

    @Override
    public void type(String line) {
        try {
            OutputStream terminal = child.process().getOutputStream();
            terminal.write((line + "\n").getBytes(UTF_8));
            terminal.flush();
        } catch (IOException e) {
            child.requireAlive();
            throw child.failed("%s does not read its input any more: %s".formatted(name, e));
        }
    }

    /** Joins; the accepted reply. */
    public LogRecord join() {
        type("join " + name);
        return awaitReply("Join");
    }

    /** Waits until the service has accepted a message with a unique text; returns the reply. */
    public LogRecord awaitPublished(String text) {
        LogRecord request = awaitRequest(text);
        return awaitRecord(
                "the reply to '" + text + "'",
                entry -> entry.is(RecordKind.REPLY, request.rpc())
                        && entry.isOk()
                        && entry.find(SEQUENCE).equals(request.find(SEQUENCE)));
    }

    /** Waits until a message with a unique text has been sent; returns the request. */
    public LogRecord awaitRequest(String text) {
        return awaitRecord(
                "the request for '" + text + "'",
                entry -> entry.kind() == RecordKind.SEND && entry.find(TEXT).equals(Optional.of(text)));
    }

    @Override
    public void kill() {
        child.kill();
        child.awaitExit(STEP_BOUND);
    }

    @Override
    public void awaitGoodEnd() {
        int exitCode = awaitExit()
                .orElseThrow(() -> child.failed("the process of %s did not end within %d s after quit"
                        .formatted(name, STEP_BOUND.toSeconds())));
        if (exitCode != 0) {
            throw child.failed("the process of %s ended with exit code %d: a command failed".formatted(name, exitCode));
        }
    }

    /** Waits for its end; its exit code, or empty if it still runs. */
    public OptionalInt awaitExit() {
        return child.awaitExit(STEP_BOUND);
    }

    /** Leaves the chat, and ends the client; its exit code is 0 if all commands succeeded. */
    public OptionalInt quit() {
        type("quit");
        return awaitExit();
    }

    /** Waits for the first accepted reply of a method. */
    public LogRecord awaitReply(String rpc) {
        return awaitRecord("the reply to " + rpc, entry -> entry.is(RecordKind.REPLY, rpc) && entry.isOk());
    }

    @Override
    public LogRecord awaitRecord(String what, Predicate<LogRecord> fits) {
        String where = "%s in the log of %s".formatted(what, name);
        return Await.until(where, STEP_BOUND, child::failed, () -> {
            Optional<LogRecord> found = log().records().stream().filter(fits).findFirst();
            if (found.isEmpty()) {
                child.requireAlive();
            }
            return found;
        });
    }
}
