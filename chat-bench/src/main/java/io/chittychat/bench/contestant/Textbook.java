package io.chittychat.bench.contestant;

import io.chittychat.bench.protocol.GrpcProtocol;
import io.chittychat.bench.server.Installation;
import io.chittychat.process.ChildProcess;
import io.chittychat.process.Loopback;
import io.chittychat.process.RunnableJar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The textbook server of the same contract, from the class path of this process. */
record Textbook() implements Contestant {

    private static final String MAIN = "io.chittychat.bench.textbook.TextbookServer";
    private static final String LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";

    @Override
    public String id() {
        return "textbook";
    }

    @Override
    public String label() {
        return "textbook gRPC";
    }

    @Override
    public boolean isOurs() {
        return false;
    }

    @Override
    public Optional<String> missing() {
        return exists(MAIN) ? Optional.empty() : Optional.of("not in this build");
    }

    @Override
    public String version() {
        return "of this checkout, on JDK " + System.getProperty("java.version");
    }

    @Override
    public MeasuredServer start(Installation installation, String directory) {
        int port = Loopback.freePort();
        List<String> command =
                new ArrayList<>(List.of(RunnableJar.java(), "-cp", System.getProperty("java.class.path", "")));
        command.addAll(exists(LAUNCHER) ? List.of("-Dloader.main=" + MAIN, LAUNCHER) : List.of(MAIN));
        command.addAll(List.of("--port", Integer.toString(port)));
        ChildProcess process = installation.start(command, installation.freshDirectory(directory));
        process.awaitOutput("listening on " + port, MeasuredServer.START_BOUND);
        return new MeasuredServer(process, port, new GrpcProtocol(Loopback.HOST, port));
    }

    private static boolean exists(String type) {
        try {
            Class.forName(type, false, Textbook.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
