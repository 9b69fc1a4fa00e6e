package io.chittychat.demo.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chittychat.demo.process.ProgramsUnderTest;
import io.chittychat.demo.process.Workspace;
import io.chittychat.process.Children;
import io.chittychat.process.Loopback;
import io.chittychat.process.ServerProcess;
import io.chittychat.process.machine.Browser;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.ChatServiceGrpc.ChatServiceBlockingStub;
import io.chittychat.v1.Event;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.ListEventsRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A page that is not the service's, in a real browser on the machine of the service, tries all that pages can do: it neither reads
 * nor writes. Skipped only where there is no browser and none can be installed.
 */
@Timeout(300) // the browser may have to be installed
@SuppressWarnings("NullAway.Init")
class HostilePageIT {

    private static final String EVIL = "evil.test";

    @TempDir
    private static Path dir;

    private static Workspace workspace;
    private static Children children;
    private static ServerProcess server;
    private static HostileSite site;
    private static Browser browser;
    private static ManagedChannel channel;
    private static ChatServiceBlockingStub chat;
    private static String token;

    @BeforeAll
    static void open() throws IOException {
        Optional<String> problem = Browser.install();
        assumeTrue(problem.isEmpty(), () -> "no page was tried: " + problem.orElse(""));
        workspace = Workspace.open(dir.resolve("run"));
        children = new Children();
        server = ProgramsUnderTest.get()
                .startServer(children, workspace, List.of("--chitty.session.resume-window=1h"))
                .awaitReady();
        site = HostileSite.open();
        browser = Browser.start(
                Files.createDirectory(dir.resolve("profile")),
                "--host-resolver-rules=MAP " + EVIL + " " + Loopback.HOST);
        channel =
                ManagedChannelBuilder.forTarget(server.address()).usePlaintext().build();
        chat = ChatServiceGrpc.newBlockingStub(channel);
        token = chat.join(JoinRequest.newBuilder().setParticipantName("witness").build())
                .getSessionToken();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
            site.close();
            channel.shutdownNow();
            children.close();
            workspace.close();
        }
    }

    /** What each attempt of the page that is open has read of a service, and what it could not. */
    private static Map<String, String> attack(String service) throws IOException {
        try (InputStream script = HostilePageIT.class.getResourceAsStream("/hostile-page.js")) {
            browser.run(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        return browser.promised("attack('" + service + "', '" + token + "')");
    }

    private static List<Event> events() {
        return chat.listEvents(
                        ListEventsRequest.newBuilder().setSessionToken(token).build())
                .getEventsList();
    }

    @Test
    void aPageOfAnotherOriginNeitherReadsNorWrites() throws IOException {
        List<Event> before = events();
        for (URI page : List.of(site.page(EVIL), site.page("localhost"), site.page(Loopback.HOST))) {
            browser.open(page);
            for (String host : List.of("localhost", Loopback.HOST)) {
                assertThat(attack("http://" + host + ":" + server.httpPort()))
                        .as(page + " against " + host)
                        .hasSizeGreaterThan(20)
                        .allSatisfy((attempt, read) -> assertThat(read).isEqualTo("nothing"));
            }
        }
        assertThat(events()).isEqualTo(before);
    }

    @Test
    void theSameAttemptsSucceedFromThePageOfTheService() throws IOException {
        browser.open(URI.create("http://" + server.httpAddress() + "/"));
        List<Event> before = events();
        assertThat(attack("http://" + server.httpAddress()))
                .hasEntrySatisfying("fetch page", read -> assertThat(read).contains("Chitty-Chat"))
                .hasEntrySatisfying("Join, JSON", read -> assertThat(read).contains("sessionToken"))
                .hasEntrySatisfying("ListEvents, JSON", read -> assertThat(read).contains("witness"))
                .containsEntry("img", "loaded")
                .containsEntry("script", "loaded");
        assertThat(events().size()).isGreaterThan(before.size());
    }

    @Test
    void aNameOfThePageThatLeadsToTheServiceIsRefused() throws IOException {
        List<Event> before = events();
        browser.open(URI.create("http://" + EVIL + ":" + server.httpPort() + "/"));
        assertThat(browser.<Long>ask("performance.getEntriesByType('navigation')[0].responseStatus"))
                .isEqualTo(421);
        assertThat(browser.<String>ask("location.origin")).isEqualTo("http://" + EVIL + ":" + server.httpPort());
        assertThat(attack("http://" + EVIL + ":" + server.httpPort()))
                .allSatisfy((attempt, read) -> assertThat(read).as(attempt).matches("(?s)nothing|421 .*"));
        assertThat(events()).isEqualTo(before);
    }
}
