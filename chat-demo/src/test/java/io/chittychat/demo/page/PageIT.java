package io.chittychat.demo.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chittychat.demo.process.ProgramsUnderTest;
import io.chittychat.demo.process.Workspace;
import io.chittychat.process.Children;
import io.chittychat.process.Relay;
import io.chittychat.process.ServerProcess;
import io.chittychat.process.machine.Browser;
import io.chittychat.trace.TraceCommand;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.ChatServiceGrpc.ChatServiceBlockingStub;
import io.chittychat.v1.JoinRequest;
import io.chittychat.v1.LeaveRequest;
import io.chittychat.v1.PublishRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a real browser, with the packed service. Skipped only where there is no browser and none can be installed. */
@Timeout(300) // the browser may have to be installed
@SuppressWarnings("NullAway.Init")
class PageIT {

    private static final Duration EXIT_BOUND = Duration.ofSeconds(10);
    private static final String HOSTILE = "<script>window.broken=1</script><img src=x onerror=window.broken=1>"
            + "\u202eevil\u2066 \u001b[31m\u0007 e" + "\u0301".repeat(20);

    @TempDir
    private static Path dir;

    private static Workspace workspace;
    private static Children children;
    private static ServerProcess server;
    private static Browser browser;
    private static String first;
    private static Relay line;

    private final List<PageUser> users = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException {
        Optional<String> problem = Browser.install();
        assumeTrue(problem.isEmpty(), () -> "no page was tried: " + problem.orElse(""));
        workspace = Workspace.open(dir.resolve("run"));
        children = new Children();
        server = ProgramsUnderTest.get()
                .startServer(
                        children,
                        workspace,
                        List.of("--chitty.session.resume-window=20s", "--server.tomcat.connection-timeout=1s"))
                .awaitReady();
        line = new Relay(Relay.onLoopback(server.httpPort()), () -> new Relay.Course() {});
        browser = Browser.start(Files.createDirectory(dir.resolve("profile")));
        first = browser.window();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
            line.close();
            children.close();
            workspace.close();
        }
    }

    @BeforeEach
    void forget() {
        browser.turnTo(first);
        browser.console();
        browser.requests(); // of other tests
    }

    @AfterEach
    void closeWindows() {
        users.forEach(user -> user.closeAndTurnTo(first));
    }

    private static URI page() {
        return URI.create("http://" + server.httpAddress() + "/");
    }

    private PageUser open(URI page, String name) {
        PageUser user = PageUser.open(browser, page, name);
        users.add(user);
        return user;
    }

    private PageUser join(URI page, String name) {
        PageUser user = open(page, name);
        user.join();
        user.awaitLive();
        return user;
    }

    @Test
    void twoTabsTalkAndSeeOneOrder() {
        PageUser ann = join(page(), "ann");
        PageUser ben = join(page(), "ben");
        ann.say("Is anybody here?");
        ben.awaitText("Is anybody here?");
        ben.say("Yes, ann.");
        ann.awaitText("Yes, ann.");
        assertThat(ann.messages()).isEqualTo(ben.messages());
        assertThat(ann.browser().<Boolean>ask("!!document.querySelector('#rows .called')"))
                .isTrue();
        ann.browser().click("#show-people");
        ann.awaitWords("#names", "ben");
    }

    @Test
    void aQuietConversationStaysConnected() {
        PageUser ann = join(page(), "quiet");
        ann.browser().run("window.begun = performance.now()");
        ann.awaitTrue("performance.now() - window.begun > 2500"); // longer than a part of a request may take
        assertThat(server.child().output().lines())
                .filteredOn(text -> text.contains("rpc=Broadcast participant=quiet"))
                .hasSize(1);
    }

    @Test
    void whatIsSaidWithoutALineIsThereOnceAndInOrderWhenItIsBack() {
        URI page = URI.create("http://" + line.address() + "/");
        PageUser ann = join(page, "otto");
        PageUser ben = join(page(), "olga");
        ann.say("before");
        ben.awaitText("before");

        line.refuse();
        line.cut();
        List<String> typed = IntStream.range(0, 5).mapToObj(i -> "offline " + i).toList();
        typed.forEach(ann::say);
        ben.say("meanwhile");
        ann.awaitWords("#banner", "Connection lost");
        ann.awaitTrue("document.querySelectorAll('#waiting li').length === 5");
        line.open();

        typed.forEach(ben::awaitText);
        ann.awaitText("offline 4");
        assertThat(ben.texts()).containsExactly(said("before", "meanwhile", typed));
        assertThat(ann.messages()).isEqualTo(ben.messages());
        ann.awaitTrue("document.querySelectorAll('#waiting li').length === 0");
        assertThat(ben.browser().<List<String>>ask(lines("presence"))).noneMatch(text -> text.contains("otto left"));
    }

    @Test
    void theServiceIsStoppedAndStartedWhileTheyType() {
        PageUser ann = join(page(), "ann");
        PageUser ben = join(page(), "ben");
        ann.say("one");
        ben.awaitText("one");
        assertThat(server.stop(EXIT_BOUND)).isEqualTo(OptionalInt.of(143));
        ann.say("two");
        ben.say("three");
        ann.say("four");
        server = server.again().awaitReady();
        for (String text : List.of("two", "three", "four")) {
            ann.awaitText(text);
            ben.awaitText(text);
        }
        assertThat(ann.messages()).isEqualTo(ben.messages());
        assertThat(ann.texts()).doesNotHaveDuplicates().hasSize(4);
        assertThat(ann.texts().indexOf("two")).isLessThan(ann.texts().indexOf("four"));
    }

    @Test
    void aNewLogIsToldInWordsAndTheClockBeginsAgain() throws IOException {
        PageUser ann = join(page(), "ann");
        IntStream.range(0, 10).forEach(i -> ann.say("old " + i));
        ann.awaitText("old 9");
        long before = clock(ann);
        assertThat(server.stop(EXIT_BOUND)).isPresent();
        ann.say("typed between two logs");
        try (var stored = Files.walk(workspace.dir().resolve("data"))) {
            for (Path file : stored.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        server = server.again().awaitReady();
        ann.awaitWords("#rows .notice", "The service has begun a new log, in which Lamport time starts again");
        ann.awaitText("typed between two logs");
        assertThat(clock(ann)).isLessThan(before);
        assertThat(ann.browser().<List<String>>ask(lines("message")))
                .contains("old 0", "old 9")
                .endsWith("typed between two logs");
    }

    @Test
    void aPageThatIsLoadedAgainGoesOnInItsSession() throws IOException {
        PageUser rita = join(page(), "rita");
        PageUser ben = join(page(), "ruth");
        rita.say("before");
        ben.say("an answer");
        rita.awaitText("an answer");
        long clock = clock(rita);
        rita.browser().reload();
        rita.awaitLive();
        rita.awaitText("an answer");
        rita.say("after");
        ben.awaitText("after");
        assertThat(clock(rita)).isGreaterThan(clock);
        assertThat(ben.browser().<List<String>>ask(lines("presence")))
                .filteredOn(text -> text.contains(" rita "))
                .hasSize(1);
        traceAccepts(List.of(rita, ben));
    }

    private void traceAccepts(List<PageUser> participants) throws IOException {
        Path logs = Files.createDirectories(dir.resolve("traced/logs"));
        for (PageUser user : participants) {
            user.browser().downloadTo(logs);
            user.browser().click("#leave");
            user.awaitWords("#ended", "You left");
            user.browser().click("#download");
            await().until(() -> Files.exists(logs.resolve("participant-" + user.name() + ".log")));
        }
        Files.copy(workspace.output("server"), dir.resolve("traced/server.out"));
        assertThat(TraceCommand.run(List.of(dir.resolve("traced").toString()), System.out, System.err))
                .isZero();
    }

    @Test
    void aMessageIsCountedInCodePointsAndNoneIsCutOff() {
        PageUser ann = join(page(), "ann");
        ann.say("\ud83d\ude00".repeat(128));
        ann.awaitText("\ud83d\ude00".repeat(128));
        ann.say("x".repeat(129));
        ann.awaitWords("#counter", "129/128 too long");
        ann.awaitWords("#banner", "Not sent: more than 128 characters");
        assertThat(ann.browser().<String>ask("document.querySelector('#text').value"))
                .hasSize(129);
        ann.browser().press(Keys.BACK_SPACE, Keys.ENTER);
        ann.awaitText("x".repeat(128));
    }

    @Test
    void whatParticipantsSayIsTextAndThePageIsQuiet() {
        PageUser ann = join(page(), "ann");
        publish("mallory\u0301", HOSTILE);
        ann.awaitTrue("document.querySelector('#rows').textContent.includes('evil')");
        assertThat(ann.texts())
                .contains("<script>window.broken=1</script><img src=x onerror=window.broken=1>\\u202eevil\\u2066 "
                        + "\\u001b[31m\\u0007 e" + "\u0301".repeat(4) + "\u2026");
        assertThat(ann.browser().<Long>ask("document.querySelectorAll('img').length"))
                .isZero();
        assertThat(ann.browser().<Boolean>ask("window.broken === undefined")).isTrue();
        ann.browser().run("""
            const field = document.querySelector('#text');
            field.value = 'e' + '\u0301'.repeat(10000);
            field.dispatchEvent(new Event('input'));
            """);
        ann.awaitWords("#counter", "10001/128 too long");
        assertThat(ann.browser().console()).isEmpty();
        assertThat(ann.browser().requests())
                .filteredOn(address -> address.startsWith("http"))
                .allMatch(address -> address.startsWith(page().toString()));
    }

    @Test
    void everythingCanBeReachedByTheKeyboard() {
        PageUser ann = join(page(), "ann");
        ann.browser().press("typed at once", Keys.ENTER);
        ann.awaitText("typed at once");
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ann.browser().hold(Keys.SHIFT, Keys.TAB);
            reached.add(ann.browser().ask("document.activeElement.id"));
        }
        assertThat(reached).contains("scroller", "leave", "download", "show-time", "show-search", "show-people");
        ann.browser().focus("#show-search");
        ann.browser().press(Keys.ENTER);
        ann.browser().press("typed", Keys.ENTER);
        ann.awaitWords("#found-status", "1 found");
        ann.browser().press(Keys.TAB, Keys.TAB, Keys.ENTER); // the button to find, the result
        ann.awaitTrue("document.querySelector('#rows .found')");
        ann.browser().press(Keys.ESCAPE);
        assertThat(ann.browser().<String>ask("document.activeElement.id")).isEqualTo("show-search");
        ann.browser().focus("#leave");
        ann.browser().press(Keys.SPACE);
        ann.awaitWords("#ended", "You left the chat");
        ann.join();
        ann.awaitLive();
    }

    @Test
    void everybodyCanUseIt() throws IOException {
        PageUser out = open(page(), "nobody");
        assertThat(violations(out)).as("the first screen").isEmpty();
        PageUser ann = join(page(), "ann");
        ann.say("hello");
        publish("bob", "ann, \u0645\u0631\u062d\u0628\u0627");
        ann.awaitTrue("document.querySelector('#rows .called')");
        for (String scheme : List.of("light", "dark")) {
            ann.browser().prefer(scheme);
            for (String panel : List.of("people", "search", "time")) {
                ann.browser().focus("#show-" + panel);
                ann.browser().press(Keys.ENTER);
                assertThat(violations(ann)).as(scheme + ", " + panel).isEmpty();
            }
        }
        ann.browser().resize(390, 844, true);
        ann.browser().focus("#show-time");
        ann.browser().press(Keys.ENTER);
        assertThat(violations(ann)).as("phone").isEmpty();
    }

    private static List<String> violations(PageUser user) throws IOException {
        try (InputStream axe = PageIT.class.getResourceAsStream("/axe.min.js")) {
            user.browser().run(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        return user.browser()
                .promised("axe.run().then(found => found.violations.map(one => one.id + ': ' + one.nodes.map("
                        + "node => node.html.slice(0, 200) + ' ' + node.failureSummary).join(' | ')))");
    }

    @Test
    void aTabTooManySaysSoAndGoesOnWhenThereIsRoom() {
        List<PageUser> five =
                IntStream.range(0, 5).mapToObj(i -> join(page(), "tab" + i)).toList();
        PageUser sixth = open(page(), "tab5");
        sixth.join();
        sixth.awaitWords("#banner", "This browser has no connection left for this tab");
        five.get(4).say("the others still talk");
        five.get(0).awaitText("the others still talk");
        five.get(2).browser().click("#leave");
        sixth.awaitLive();
    }

    @Test
    void tenThousandEventsStaySmoothAndNoneIsMissing() {
        PageUser ann = join(page(), "ann");
        ann.browser().run("""
            window.longest = 0;
            let last = performance.now();
            const frame = now => { window.longest = Math.max(window.longest, now - last); last = now; requestAnimationFrame(frame); };
            requestAnimationFrame(now => { last = now; frame(now); });
            """);
        Crowd.publish(server.address(), "crowd", 10_000);
        ann.awaitText("crowd 9999");
        assertThat(ann.browser().<Long>ask("document.querySelectorAll('*').length"))
                .isLessThan(4_000);
        assertThat(ann.texts())
                .endsWith(IntStream.range(9_900, 10_000)
                        .mapToObj(i -> "crowd " + i)
                        .toArray(String[]::new));
        assertThat(ann.browser().<Number>ask("window.longest").doubleValue())
                .as("longest frame, ms")
                .isLessThan(1_000);

        ann.browser().run("document.querySelector('#scroller').scrollTop = 0");
        ann.awaitTrue("!document.querySelector('#newest').hidden");
        publish("late", "and one more");
        ann.awaitWords("#newest", "1 new");
        for (int i = 0; i < 5; i++) {
            String oldest = ann.messages().get(0);
            ann.browser().run("document.querySelector('#scroller').scrollTop = 0");
            ann.awaitTrue("document.querySelector('#rows .message .text').textContent !== '"
                    + oldest.replaceFirst(".*: ", "") + "'");
        }
        List<String> shown = ann.texts();
        int from = Integer.parseInt(shown.get(0).replaceFirst("crowd ", ""));
        assertThat(shown)
                .isEqualTo(IntStream.range(from, from + shown.size())
                        .mapToObj(i -> "crowd " + i)
                        .toList());
        ann.browser().click("#newest");
        ann.awaitText("and one more");
        assertThat(ann.browser().<Boolean>ask("document.querySelector('#newest').hidden"))
                .isTrue();
    }

    @Test
    void aNameThatIsTakenIsSaid() {
        join(page(), "ann");
        PageUser other = open(page(), "ann");
        other.join();
        other.awaitWords("#problem", "That name is taken. Choose another.");
        assertThat(other.browser().<String>ask("document.activeElement.id")).isEqualTo("name");
    }

    private static void publish(String name, String text) {
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(server.address()).usePlaintext().build();
        try {
            ChatServiceBlockingStub stub = ChatServiceGrpc.newBlockingStub(channel);
            String token = stub.join(
                            JoinRequest.newBuilder().setParticipantName(name).build())
                    .getSessionToken();
            stub.publish(PublishRequest.newBuilder()
                    .setSessionToken(token)
                    .setText(text)
                    .build());
            stub.leave(LeaveRequest.newBuilder().setSessionToken(token).build());
        } finally {
            channel.shutdownNow();
        }
    }

    private static String lines(String kind) {
        return "[...document.querySelectorAll('#rows ." + kind + " .text')].map(text => text.textContent)";
    }

    private static long clock(PageUser user) {
        return Long.parseLong(user.browser().ask("document.querySelector('#time-now').value"));
    }

    private static String[] said(String one, String other, List<String> more) {
        List<String> all = new ArrayList<>(List.of(one, other));
        all.addAll(more);
        return all.toArray(String[]::new);
    }
}
