package io.chittychat.demo.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chittychat.demo.process.ProgramsUnderTest;
import io.chittychat.demo.process.Workspace;
import io.chittychat.demo.web.SelfSigned;
import io.chittychat.process.Children;
import io.chittychat.process.Relay;
import io.chittychat.process.ServerProcess;
import io.chittychat.process.machine.Browser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * The page with services that want to know who joins: by a token, a JWT, a certificate. Skipped only where there is no browser and
 * none can be installed.
 */
@Timeout(300) // the browser may have to be installed
@SuppressWarnings("NullAway.Init")
class CredentialsPageIT {

    private static final String TOKEN = "correct-horse-battery-staple";
    private static final TokenIssuer ISSUER = new TokenIssuer();

    @TempDir
    private static Path dir;

    private static Children children;
    private static ServerProcess byToken;
    private static ServerProcess byJwt;
    private static ServerProcess byCertificate;
    private static Browser browser;
    private static String first;

    private final List<PageUser> users = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException {
        Optional<String> problem = Browser.install();
        assumeTrue(problem.isEmpty(), () -> "no page was tried: " + problem.orElse(""));
        children = new Children();
        Path tokens = Files.writeString(dir.resolve("tokens"), TOKEN + "\n");
        byToken = start("token", List.of("--chitty.auth.mode=token", "--chitty.auth.token-file=" + tokens));
        byJwt = start("jwt", ISSUER.settings(dir));
        byCertificate = start("mtls", SelfSigned.create(dir).mutual());
        browser = Browser.start(Files.createDirectory(dir.resolve("profile")));
        first = browser.window();
        List.of(byToken, byJwt, byCertificate).forEach(ServerProcess::awaitReady);
    }

    private static ServerProcess start(String name, List<String> settings) {
        List<String> all = new ArrayList<>(settings);
        all.add("--chitty.session.resume-window=1s");
        return ProgramsUnderTest.get().startServer(children, Workspace.open(dir.resolve(name)), all);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
            children.close();
        }
    }

    @BeforeEach
    void forget() {
        browser.turnTo(first);
        browser.requests(); // of other tests
    }

    @AfterEach
    void closeWindows() {
        users.forEach(user -> user.closeAndTurnTo(first));
    }

    private static URI page(ServerProcess server) {
        return URI.create("http://" + server.httpAddress() + "/");
    }

    private PageUser open(URI page, String name) {
        PageUser user = PageUser.open(browser, page, name);
        users.add(user);
        return user;
    }

    private static String valueOf(PageUser user, String field) {
        return user.browser().ask("document.querySelector('#" + field + "').value");
    }

    private static String focused(PageUser user) {
        return user.browser().ask("document.activeElement.id");
    }

    /** Types into the field that has the focus, in place of what is there, and presses Enter. */
    private static void type(PageUser user, String text) {
        user.browser().run("document.activeElement.select()");
        user.browser().press(text, Keys.ENTER);
    }

    /** Types a token where the focus has to be for that. */
    private static void show(PageUser user, String token) {
        assertThat(focused(user)).isEqualTo("token");
        type(user, token);
    }

    @Test
    void aTokenIsAskedForAndWrongOnesLoseNothing() {
        PageUser ann = open(page(byToken), "ann");
        ann.join();
        ann.awaitWords("#problem", "This service wants to know who you are. Paste your token.");
        show(ann, "guessed");
        ann.awaitWords("#problem", "Your token is not accepted: the token is not valid. Paste another one.");
        assertThat(valueOf(ann, "name")).isEqualTo("ann");
        assertThat(valueOf(ann, "token")).isEqualTo("guessed");
        show(ann, TOKEN);
        ann.awaitLive();
        ann.say("here I am");
        ann.awaitText("here I am");
        assertThat(ann.browser()
                        .<String>ask("document.cookie + location.href + JSON.stringify(sessionStorage)"
                                + " + JSON.stringify(localStorage) + JSON.stringify(history.state)"))
                .contains("chitty-session")
                .doesNotContain(TOKEN);
        assertThat(ann.browser().requests()).isNotEmpty().noneMatch(address -> address.contains(TOKEN));
    }

    @Test
    void aJwtAdmitsUnderItsNameAloneAndAnExpiredOneIsSaidToBe() {
        PageUser ann = open(page(byJwt), "ann");
        ann.join();
        ann.awaitWords("#problem", "Paste your JWT.");
        show(ann, ISSUER.token("ann", Instant.now().minusSeconds(60)));
        ann.awaitWords("#problem", "Your token is not accepted: the token is not valid: Jwt expired at");
        show(ann, ISSUER.token("ben", Instant.now().plusSeconds(60)));
        ann.awaitWords("#problem", "That name is not yours");
        assertThat(focused(ann)).isEqualTo("name");
        type(ann, "ben");
        ann.awaitLive();
    }

    @Test
    void aTokenThatExpiresEndsNoSessionAndIsAskedForAnewWhenTheSessionIsLost() throws IOException {
        try (Relay line = new Relay(Relay.onLoopback(page(byJwt).getPort()), () -> new Relay.Course() {})) {
            PageUser eve = open(URI.create("http://" + line.address() + "/"), "eve");
            eve.join();
            eve.awaitWords("#problem", "Paste your JWT.");
            Instant expiry = Instant.now().plusSeconds(8); // on a busy machine, a Join takes a while
            show(eve, ISSUER.token("eve", expiry));
            eve.awaitLive();
            await().until(() -> Instant.now().isAfter(expiry.plusSeconds(1)));
            eve.say("still here");
            eve.awaitText("still here");

            line.refuse();
            line.cut();
            eve.say("said without a line");
            eve.browser().press("half a sen");
            await().until(() -> byJwt.child()
                    .output()
                    .lines()
                    .anyMatch(text -> text.contains("participant=eve") && text.contains("expired")));
            line.open();
            eve.awaitWords(
                    "#ended", "The session expired. Your token is not accepted: the token is not valid: Jwt expired");
            eve.awaitWords("#rows .notice", "Not sent: said without a line");
            show(eve, ISSUER.token("eve", Instant.now().plusSeconds(60)));
            eve.awaitLive();
            assertThat(valueOf(eve, "text")).isEqualTo("half a sen");
            eve.awaitWords("#rows", "said without a line");
        }
    }

    @Test
    void aServiceThatWantsCertificatesRefusesThePageInWords() {
        PageUser ann = open(page(byCertificate), "ann");
        ann.join();
        ann.awaitWords(
                "#problem",
                "only clients with a certificate, which a page cannot show. Use the terminal client: ./chitty client --tls-cert");
        assertThat(focused(ann)).isEqualTo("name");
        assertThat(valueOf(ann, "name")).isEqualTo("ann");
    }
}
