package io.chittychat.demo.process;

import io.chittychat.process.Children;
import io.chittychat.process.ProcessFailedException;
import io.chittychat.process.RunnableJar;
import io.chittychat.process.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The programs that are run as processes.
 *
 * @param launcher the beginning of each command, to start the programs inside another program; usually empty
 * @param server the service
 * @param client the terminal client
 */
public record Programs(List<String> launcher, RunnableJar server, RunnableJar client) {

    /** Many short-lived processes run on one machine: they should start quickly and be small. */
    private static final List<String> SMALL =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx160m", "-Dfile.encoding=UTF-8");

    /** The client of Kafka has buffers. */
    private static final List<String> NODE = List.of("-Xmx256m");

    /**
     * The jars of a checkout that has been built.
     *
     * @throws ProcessFailedException if one is missing
     */
    public static Programs of(Path home) {
        return new Programs(
                List.of(), RunnableJar.of(home, "chat-server", SMALL), RunnableJar.of(home, "chat-client", SMALL));
    }

    /** The same programs, unpacked and with archives of their classes if {@link #prepared} has made these for this JVM. */
    public Programs quick() {
        return new Programs(launcher, server.quick(), client.quick());
    }

    /**
     * The same programs, unpacked and with archives of their classes, which are made unless they are there: a start takes half
     * the CPU. Making them takes some 15 s of CPU once for each build and JVM.
     */
    public Programs prepared() {
        return new Programs(
                launcher,
                server.prepared(
                        List.of("-Dspring.context.exit=onRefresh"),
                        List.of("--chitty.store.file=training.db", "--grpc.server.port=0", "--server.port=0")),
                client.prepared(
                        List.of(),
                        List.of("--server=localhost:1", "--log-dir=.", "--chitty.client.state-dir=.", "--exec=help")));
    }

    /** Adds JVM options, separated by blanks, which win over earlier ones. */
    public Programs with(Optional<String> options) {
        List<String> more = options.map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> List.of(text.split("\\s+")))
                .orElse(List.of());
        return new Programs(launcher, server.with(more), client.with(more));
    }

    /** Starts programs by a command that takes another command as its arguments. */
    public Programs startedBy(List<String> command) {
        return new Programs(List.copyOf(command), server, client);
    }

    /**
     * Starts a service; it is not ready yet.
     *
     * @param settings further arguments, such as {@code --chitty.session.resume-window=2s}
     */
    public ServerProcess startServer(Children children, Workspace workspace, List<String> settings) {
        return ServerProcess.start(
                children,
                arguments -> launched(server.command(arguments)),
                workspace.dir(),
                workspace.output("server"),
                settings);
    }

    /**
     * Starts a node of the service; it is not ready yet.
     *
     * @param number from 1
     * @param settings its further arguments
     */
    public ServerProcess startNode(Children children, Workspace workspace, int number, List<String> settings) {
        return ServerProcess.start(
                "node " + number,
                children,
                arguments -> launched(server.with(NODE).command(arguments)),
                workspace.dir(),
                workspace.node(number),
                settings);
    }

    /** The command that starts a client. */
    public List<String> clientCommand(List<String> arguments) {
        return launched(client.command(arguments));
    }

    private List<String> launched(List<String> command) {
        List<String> all = new ArrayList<>(launcher);
        all.addAll(command);
        return all;
    }
}
