package io.chittychat.demo.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.chittychat.process.Children;
import io.chittychat.process.ProcessFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The images and the composition as an operator has them, on a real engine. One test goes on where the other ended: it
 * takes a while to come that far. Skipped, and said so, where no engine can be started.
 */
@Timeout(300)
@TestMethodOrder(OrderAnnotation.class)
@SuppressWarnings("NullAway.Init")
class ContainersIT {

    private static final Path JDK_25 = Path.of("/usr/lib/jvm/temurin-25-jdk-amd64");

    @TempDir
    private static Path dir;

    private static Children children;
    private static Engine engine;
    private static Service server;
    private static Service ann;
    private static Service bob;
    private static Service cia;

    @BeforeAll
    @Timeout(300)
    static void up() throws IOException {
        Engine.obstacle().ifPresent(ContainersIT::skip);
        children = new Children();
        try {
            engine = Engine.start(children, dir);
        } catch (ProcessFailedException e) {
            skip(e.getMessage());
        }
        server = new Service(engine, "server");
        ann = new Service(engine, "ann");
        bob = new Service(engine, "bob");
        cia = new Service(engine, "cia");
        Path jdk = Files.isDirectory(JDK_25) ? JDK_25 : Path.of(System.getProperty("java.home"));
        Images.make(engine, jdk);
        engine.compose("up", "--no-build", "--detach");
        Images.makeBroker(engine);
    }

    private static void skip(String why) {
        System.err.println("ContainersIT is skipped, nothing was tried in containers: " + why);
        abort(why);
    }

    @AfterAll
    static void down() {
        if (children != null) {
            children.close();
        }
    }

    @Test
    @Order(1)
    void threeParticipantsTalkAndAllSeeTheSameOrder() {
        requireOneOrder();
        bob.awaitState("Status", "exited");
        assertThat(bob.state("ExitCode")).isEqualTo("0");
    }

    @Test
    @Order(2)
    void containersAreConfined() {
        for (Service service : List.of(server, ann)) {
            assertThat(service.state("Health.Status")).isEqualTo("healthy");
            assertThat(service.shell("cat /proc/1/status"))
                    .contains("Name:\tjava")
                    .contains("CapEff:\t0000000000000000")
                    .contains("NoNewPrivs:\t1")
                    .contains("Uid:\t10001\t10001");
            assertThat(service.shell("touch /app/x /x")).contains("/app/x': Read-only", "/x': Read-only");
            assertThat(service.shell("cp /usr/bin/true /tmp && /tmp/true")).contains("Permission denied");
            // Nothing has tried to load native code from there, and the archive of classes is in use.
            assertThat(service.shell("ls /tmp")).doesNotContain(".so");
            assertThat(service.shell("cat /proc/1/maps")).contains("/app/classes.cache", "epoll");
        }
    }

    @Test
    @Order(3)
    void storeIsCopiedWhileItIsInUse() {
        assertThat(server.shell("java @/app/java.options --backup=/data/copy.db --chitty.store.file=/data/chitty.db"))
                .contains("/data/copy.db: a copy of /data/chitty.db, checked");
    }

    @Test
    @Order(3)
    void othersSeeThatKilledParticipantLeft() {
        ann.does("kill");
        cia.awaitPrinted("Participant ann left Chitty-Chat", 1);
    }

    @Test
    @Order(4)
    void participantsResumeAndHistoryIsThereWhenServerIsStartedAgain() {
        List<String> before = cia.events();
        server.does("stop");
        assertThat(server.state("ExitCode")).isEqualTo("143"); // by SIGTERM; after the grace period it would be 137
        server.does("start");
        cia.awaitPrinted("Connected again; nothing was missed.", 1);
        assertThat(engine.compose("run", "--rm", "-T", "chat", "join", "eve", "--exec", "history 100"))
                .contains(before);
        cia.awaitPrinted("Participant eve left", 1);
        assertThat(cia.events()).startsWith(before.toArray(new String[0]));
    }

    @Test
    @Order(5)
    void everythingStopsAtOnceAndNothingIsLeft() {
        engine.compose("stop");
        assertThat(List.of(server.state("ExitCode"), cia.state("ExitCode"))).containsOnly("143");
        engine.compose("down", "--volumes");
        requireNothingLeft();
    }

    @Test
    @Order(6)
    void threeNodesServeOneConversation() {
        engine.composeCluster("up", "--no-build", "--detach");
        requireOneOrder();
        for (String name : List.of("ann", "bob", "cia")) { // each at its own
            Service node = new Service(
                    engine, "node" + (1 + List.of("ann", "bob", "cia").indexOf(name)));
            assertThat(node.log()).anyMatch(line -> line.contains("rpc=Broadcast participant=" + name + " "));
        }
        Service broker = new Service(engine, "broker1");
        assertThat(broker.state("Health.Status")).isEqualTo("healthy");
        assertThat(broker.shell("cat /proc/1/status"))
                .contains("Name:\tjava")
                .contains("CapEff:\t0000000000000000")
                .contains("NoNewPrivs:\t1");
        assertThat(broker.shell("touch /opt/kafka/libs/x")).contains("Read-only");
    }

    @Test
    @Order(7)
    void conversationGoesOnWhenANodeAndABrokerAreKilled() {
        new Service(engine, "node3").does("kill");
        new Service(engine, "broker1").does("kill");

        // A busy machine may take longer to find another leading broker than a client waits.
        String patient = "CHITTY_CLIENT_REQUESTDEADLINE=2m";
        assertThat(engine.composeCluster(
                        "run", "--rm", "-T", "-e", patient, "chat", "join", "eve", "--exec", "say Still here?; who"))
                .contains("ann", "cia", "eve");
        for (Service participant : List.of(ann, cia)) {
            participant.awaitPrinted("eve: Still here?", 1);
            participant.awaitPrinted("Participant eve left", 1);
        }
        assertThat(ann.events()).endsWith(cia.events().toArray(new String[0]));
    }

    @Test
    @Order(8)
    void nothingIsLeftOfTheClusterEither() {
        engine.composeCluster("kill"); // brokers that all end at once wait for each other
        engine.composeCluster("down", "--volumes");
        requireNothingLeft();
    }

    private static void requireOneOrder() {
        ann.awaitPrinted("ann: He has earned it.", 1);
        cia.awaitPrinted("ann: He has earned it.", 1);
        List<String> seenByAnn = ann.events();
        List<String> seenByCia = cia.events();
        assertThat(seenByAnn).hasSizeGreaterThan(12).endsWith(seenByCia.toArray(new String[0]));
        assertThat(seenByCia.get(0)).contains("Participant cia joined");
        assertThat(seenByAnn).containsSequence(bob.events());
        assertThat(bob.events()).hasSizeGreaterThan(8);
    }

    private static void requireNothingLeft() {
        assertThat(engine.docker("ps", "--all", "--quiet", "--filter", "label=com.docker.compose.project"))
                .isEmpty();
        assertThat(engine.docker("volume", "ls", "--quiet")).isEmpty();
    }
}
