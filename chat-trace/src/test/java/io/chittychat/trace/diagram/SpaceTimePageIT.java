package io.chittychat.trace.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chittychat.process.machine.Browser;
import io.chittychat.trace.check.Requirement;
import io.chittychat.trace.check.RequirementVerdict;
import io.chittychat.trace.check.Violation;
import io.chittychat.trace.log.Place;
import io.chittychat.trace.spacetime.Message;
import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.Step;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a real browser. Skipped only where there is none and none can be installed. */
@Timeout(300) // the browser may have to be installed
@SuppressWarnings("NullAway.Init")
class SpaceTimePageIT {

    private static final SpaceTime FULL = Samples.full();
    private static final SpaceTime UNANSWERED =
            new Played("alice", "bob").join(0).join(1).unanswered(1).end();

    private static final int WRONG = 30; // a step

    @TempDir
    private static Path dir;

    private static Browser browser;

    @BeforeAll
    static void open() throws IOException {
        Optional<String> problem = Browser.install();
        assumeTrue(problem.isEmpty(), () -> "no page was tried: " + problem.orElse(""));
        Files.writeString(dir.resolve("full.html"), SpaceTimeHtml.page(FULL));
        Files.writeString(dir.resolve("unanswered.html"), SpaceTimeHtml.page(UNANSWERED));
        Files.writeString(dir.resolve("crowd.html"), SpaceTimeHtml.page(Samples.crowd(12)));
        Files.writeString(dir.resolve("part.html"), SpaceTimeHtml.page(Samples.part(FULL, 12, 30)));
        Place wrong = FULL.steps().get(WRONG).source().orElseThrow();
        SpaceTime judged = FULL.judged(List.of(new RequirementVerdict(
                Requirement.MESSAGES,
                1,
                List.of(
                        new Violation(wrong.file(), wrong.line(), "says 27"),
                        new Violation(Path.of("gone.log"), 0, "is empty")))));
        Files.writeString(dir.resolve("judged.html"), SpaceTimeHtml.page(judged));
        SpaceTime hostile = new Played(Samples.HOSTILE, "bob")
                .join(0)
                .join(1)
                .say(0, Samples.HOSTILE)
                .end();
        Files.writeString(dir.resolve("hostile.html"), SpaceTimeHtml.page(hostile));
        browser = Browser.start(dir.resolve("profile"));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void pointingAtAStepLightsUpItsPastAndItsFutureAndNothingElse() {
        pointAtEach("full.html", FULL, EnumSet.complementOf(EnumSet.of(Step.Kind.NO_ANSWER, Step.Kind.PUBLISHED)));
        pointAtEach("unanswered.html", UNANSWERED, EnumSet.of(Step.Kind.NO_ANSWER));
    }

    private static void pointAtEach(String page, SpaceTime shown, Set<Step.Kind> kinds) {
        browser.open(dir.resolve(page));
        Causality causality = new Causality(shown);
        for (Step.Kind kind : kinds) {
            Step step = shown.steps().stream()
                    .filter(one -> one.kind() == kind && !isSending(one))
                    .skip(kind == Step.Kind.REQUEST || kind == Step.Kind.RECEIPT ? 5 : 0)
                    .findFirst()
                    .orElseThrow();
            browser.pointAt("#step-" + step.id());
            Set<Integer> past = causality.past(step.id());
            Set<Integer> future = causality.future(step.id());
            assertThat(steps("chosen")).containsExactly(step.id());
            assertThat(steps("past")).as("before " + step).isEqualTo(past);
            assertThat(steps("future")).as("after " + step).isEqualTo(future);
            assertThat(browser.text(".st-causality"))
                    .contains(past.size() + " before " + future.size() + " after "
                            + (shown.steps().size() - 1 - past.size() - future.size()) + " concurrent\n");
        }
    }

    private static boolean isSending(Step step) {
        return step.kind() == Step.Kind.REQUEST && step.rpc().equals("Publish");
    }

    @Test
    void aClickOnAMessageTellsOfMessagesFirst() {
        browser.open(dir.resolve("full.html"));
        int first = said("Shall we start?");
        int second = said("Let us start.");
        browser.click("#step-" + second);
        assertThat(steps("concurrent")).contains(first);
        assertThat(steps("past")).contains(said("Is anybody here?")).doesNotContain(first, second);
        assertThat(browser.text(".st-messages"))
                .contains("2 messages carol knew", "1 message concurrent with it", "alice: Shall we start?");
        browser.click(".st-causality input");
        assertThat(steps("past")).isEqualTo(new Causality(FULL).past(second)).contains(first);
    }

    @Test
    void twoClicksTellWhetherOneWasBeforeTheOther() {
        browser.open(dir.resolve("full.html"));
        browser.click("#step-" + said("Let us start."));
        browser.click("#step-" + said("Shall we start?"));
        assertThat(browser.text(".st-verdict")).isEqualTo("concurrent");
        assertThat(browser.text(".st-status")).contains("carol had not received 20 when it sent 21 at 19, but only at");
        browser.press(Keys.ESCAPE);
        int question = said("Is anybody here?");
        int answer = said("Yes. Grüße, 你好, Γειά σου! 👋");
        browser.click("#step-" + answer);
        browser.click(".note[data-step='" + question + "']");
        assertThat(browser.text(".st-verdict")).isEqualTo("before");
        assertThat(steps("chain")).hasSize(3).allMatch(new Causality(FULL).past(answer)::contains);
        assertThat(browser.<Boolean>ask("location.hash === '#L17-L14'")).isTrue();
    }

    @Test
    void aNumberIsExplainedAndItsPartsAreLinks() {
        browser.open(dir.resolve("full.html"));
        browser.click("#step-" + said("Shall we start?"));
        assertThat(browser.text(".st-sum")).isEqualTo("max(own 17, received 19) + 1 = 20");
        browser.click(".st-sum .st-link:last-of-type");
        assertThat(browser.text(".st-sum")).isEqualTo("own 18 + 1 = 19");
    }

    @Test
    void concurrentMessagesAreBracketedAndLostRequestsEndInACross() {
        browser.open(dir.resolve("full.html"));
        assertThat(browser.<List<String>>ask("[...document.querySelectorAll('.bracket')].map(e => e.dataset.members)"))
                .contains("20 21");
        assertThat(browser.text(".note[data-step='" + said("Let us start.") + "']"))
                .contains("concurrent with 20");
        browser.open(dir.resolve("unanswered.html"));
        assertThat(browser.<Long>ask("document.querySelectorAll('.loss.lost .cross').length"))
                .isOne();
    }

    @Test
    void aBroadcastToManyIsAComb() {
        browser.open(dir.resolve("crowd.html"));
        assertThat(browser.<Long>ask("document.querySelectorAll('.message.broadcast .comb').length"))
                .isPositive();
        browser.open(dir.resolve("full.html"));
        assertThat(browser.<Long>ask("document.querySelectorAll('.comb').length"))
                .isZero();
    }

    @Test
    void violationsAreListedAndMarkedAndFound() {
        browser.open(dir.resolve("judged.html"));
        assertThat(browser.text(".st-violations summary")).isEqualTo("2 violations");
        assertThat(steps("broken")).containsExactly(WRONG);
        browser.click(".st-violations summary");
        browser.click(".st-violations .st-link");
        assertThat(steps("chosen")).containsExactly(WRONG);
        assertThat(browser.text(".st-panel")).contains("says 27");
        browser.press(Keys.ESCAPE);
        clickButton("Next violation");
        assertThat(steps("chosen")).containsExactly(WRONG);
        browser.open(dir.resolve("full.html"));
        assertThat(browser.<Boolean>ask("document.querySelector('.st-violations').hidden"))
                .isTrue();
    }

    private static void clickButton(String label) {
        browser.ask("[...document.querySelectorAll('.st-bar button')].find(b => b.textContent === '" + label
                + "').click() ?? 1");
    }

    @Test
    void wordsAreFoundOneAfterTheOther() {
        browser.open(dir.resolve("full.html"));
        browser.focus(".st-find");
        browser.press("is", Keys.ENTER);
        assertThat(steps("chosen")).containsExactly(said("Is anybody here?"));
        browser.press(Keys.ENTER, Keys.ENTER);
        assertThat(steps("chosen")).containsExactly(said("Did I miss anything?"));
        assertThat(browser.text(".st-found")).isEqualTo("3 of 4");
        browser.hold(Keys.SHIFT, Keys.ENTER);
        assertThat(browser.text(".st-found")).isEqualTo("2 of 4");
    }

    @Test
    void theReaderComesToCrashesAndLosses() {
        browser.open(dir.resolve("full.html"));
        clickButton("Next crash");
        assertThat(steps("chosen")).isEqualTo(ids(step -> step.kind() == Step.Kind.CRASH));
        clickButton("Next loss");
        assertThat(steps("chosen")).isEqualTo(ids(step -> step.kind() == Step.Kind.REFUSAL));
    }

    @Test
    void thePictureIsZoomedAroundWhatTheReaderLooksAt() {
        openAt("#L20");
        browser.focus(".st-scroll");
        browser.press("-", "-", "-");
        String height = "Math.round(document.querySelector('.step.chosen .target').getBoundingClientRect().height)";
        assertThat(browser.<Long>ask(height)).isLessThan(24);
        assertThat(numbers(".step", "step")).isEqualTo(ids(step -> true));
        browser.press("0", "+");
        assertThat(browser.<Long>ask(height)).isGreaterThan(24);
        assertThat(browser.<Boolean>ask(
                        "(() => { const step = document.querySelector('.step.chosen').getBoundingClientRect();"
                                + " const picture = document.querySelector('.st-scroll').getBoundingClientRect();"
                                + " return step.top >= picture.top && step.bottom <= picture.bottom; })()"))
                .isTrue();
        browser.focus(".step.chosen");
        browser.press("+");
        assertThat(browser.<Boolean>ask("document.activeElement.matches('.step.chosen')"))
                .isTrue();
    }

    @Test
    void theReaderIsToldHowLargeThePictureIsAndKeepsWhatIsChosen() {
        browser.open(dir.resolve("full.html"));
        browser.focus(".st-scroll");
        browser.press("+");
        assertThat(browser.text(".st-status")).isEqualTo("140 %");
        browser.press(Keys.HOME, Keys.ARROW_DOWN, Keys.ARROW_DOWN, "0", "-");
        assertThat(browser.text(".st-status")).isEqualTo("75 %");
        assertThat(browser.text(".st-now")).isEqualTo("L 3");
        assertThat(steps("later")).isEqualTo(ids(step -> step.time() > 3));
        openAt("#L20-L21");
        Set<Integer> chain = steps("chain");
        Set<Integer> off = steps("off");
        browser.focus("#step-" + said("Shall we start?"));
        browser.press("-");
        assertThat(browser.text(".st-status")).isEqualTo("75 %");
        browser.resize(900, 1400, false);
        await().until(() -> browser.<Boolean>ask("document.querySelector('.st-sheet').clientWidth <= 900"));
        assertThat(steps("chosen")).containsExactlyInAnyOrder(said("Shall we start?"), said("Let us start."));
        assertThat(steps("chain")).isEqualTo(chain);
        assertThat(steps("off")).isEqualTo(off);
        browser.resize(1500, 1400, false);
    }

    @Test
    void anArrowThatLeavesTheWindowHasAStub() {
        browser.open(dir.resolve("part.html"));
        assertThat(browser.<Long>ask("document.querySelectorAll('.stub').length"))
                .isPositive();
        browser.open(dir.resolve("full.html"));
        assertThat(browser.<Long>ask("document.querySelectorAll('.stub').length"))
                .isZero();
    }

    @Test
    void aLinkLeadsToAStep() {
        openAt("#L20");
        assertThat(steps("chosen")).containsExactly(said("Shall we start?"));
        assertThat(browser.text(".st-panel")).startsWith("20  alice: Shall we start?");
        openAt("#L20-L21");
        assertThat(steps("chosen")).containsExactlyInAnyOrder(said("Shall we start?"), said("Let us start."));
    }

    @Test
    void namesAndExplanationsStayInViewOnAScreenAndOnAPhone() {
        for (int[] size : new int[][] {{1280, 800}, {390, 844}}) {
            browser.resize(size[0], size[1], size[0] < 500);
            openAt("#L35");
            for (String part : List.of(".st-names", ".st-panel h2", ".st-status", ".step.chosen")) {
                assertThat(browser.<Boolean>ask("(() => { const b = document.querySelector('" + part
                                + "').getBoundingClientRect();"
                                + " return b.top >= 0 && b.left < innerWidth && b.bottom <= innerHeight + 1; })()"))
                        .as(part + " at " + size[0])
                        .isTrue();
            }
            assertThat(browser.<Boolean>ask("document.documentElement.scrollWidth <= innerWidth"))
                    .isTrue();
            assertThat(browser.<List<String>>ask(
                            "[...document.querySelectorAll('.step .target, .note .target, .st-bar button,"
                                    + " .st-bar summary, .st-list button')].map(e => [e.className.baseVal ?? e.textContent,"
                                    + " e.getBoundingClientRect()]).filter(([, b]) => b.width > 0 && (b.height < 23.9 || b.width < 23.9))"
                                    + ".map(([name]) => name)"))
                    .isEmpty();
        }
        browser.resize(1500, 1400, false);
    }

    @Test
    void whatAMenuShowsLiesWithinTheWindow() {
        browser.open(dir.resolve("judged.html"));
        for (int width = 320; width < 1500; width += 35) {
            browser.resize(width, 844, width < 500);
            assertThat(browser.<List<String>>ask("""
                    [...document.querySelectorAll('.st-menu')].map(menu => {
                      menu.open = true;
                      const shown = menu.lastElementChild;
                      shown.style.inlineSize = '100vw'; // then it is as wide as it may be
                      const { left, right, bottom } = shown.getBoundingClientRect();
                      menu.open = false;
                      return left >= 0 && right > left && right <= innerWidth && bottom <= innerHeight
                        ? 'inside' : `${menu.textContent.slice(0, 20)} from ${left} to ${right}, down to ${bottom}`;
                    })\
                    """)).as("at " + width).containsExactly("inside", "inside", "inside");
        }
        browser.resize(1500, 1400, false);
    }

    @Test
    void aTableHasTheSame() {
        browser.open(dir.resolve("full.html"));
        browser.ask(
                "[...document.querySelectorAll('.st-bar button')].find(b => b.textContent === 'Table').click() ?? 1");
        assertThat(browser.text(".st-table"))
                .contains("carol: Let us start. 19 17 20", "alice at 23, bob at 22, carol at 24");
    }

    @Test
    void keysGoThroughTime() {
        browser.open(dir.resolve("full.html"));
        browser.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_UP, Keys.ARROW_DOWN);
        assertThat(browser.text(".st-status")).startsWith("Lamport time 3: alice receives the reply");
        assertThat(steps("later")).isEqualTo(ids(step -> step.time() > 3));
        browser.press(Keys.END);
        assertThat(browser.text(".st-status")).startsWith("Lamport time 46");
        assertThat(steps("later")).isEmpty();
        browser.press(Keys.HOME);
        assertThat(steps("later")).isEqualTo(ids(step -> step.time() > 1));
        browser.press(Keys.ESCAPE);
        assertThat(steps("later")).isEmpty();
        assertThat(browser.text(".st-status")).isEmpty();
    }

    @Test
    void timeGoesOnFromAPinnedStep() {
        browser.open(dir.resolve("full.html"));
        browser.click("#step-" + said("Shall we start?"));
        browser.press(Keys.ARROW_DOWN);
        assertThat(browser.text(".st-status")).startsWith("Lamport time 21:");
    }

    @Test
    void playGoesOnUntilItIsPaused() {
        browser.open(dir.resolve("full.html"));
        browser.click(".st-bar button[aria-label='Play']");
        await().until(() -> browser.text(".st-now").equals("L 3"));
        browser.click(".st-bar button[aria-label='Pause']");
        assertThat(browser.text(".st-bar")).contains("▶");
        assertThat(steps("later")).isNotEmpty();
    }

    @Test
    void theKeyboardAlonePinsAStepAndWalksAlongItsLine() {
        browser.open(dir.resolve("full.html"));
        Step step = FULL.steps().get(20);
        int next = FULL.steps().stream()
                .filter(one -> one.lifeline() == step.lifeline() && one.id() > 20)
                .findFirst()
                .orElseThrow()
                .id();
        browser.focus("#step-20");
        browser.press(Keys.ENTER);
        assertThat(browser.<String>ask("document.getElementById('step-20').getAttribute('aria-pressed')"))
                .isEqualTo("true");
        assertThat(browser.text(".st-status")).contains("Click another step to compare");
        browser.press(Keys.ARROW_DOWN);
        assertThat(browser.<String>ask("document.activeElement.id")).isEqualTo("step-" + next);
        assertThat(browser.<Long>ask("document.querySelectorAll('.step[tabindex=\"0\"]').length"))
                .isOne();
        browser.press(Keys.ESCAPE);
        assertThat(browser.<Long>ask("document.querySelectorAll('[aria-pressed=true]').length - 0"))
                .isZero();
    }

    @Test
    void aPinnedStepStaysAndTellsWhereItIsWrittenDown() {
        browser.open(dir.resolve("full.html"));
        Step refusal = FULL.steps().stream()
                .filter(step -> step.kind() == Step.Kind.REFUSAL)
                .findFirst()
                .orElseThrow();
        browser.click("#step-" + refusal.id());
        browser.pointAt("h1");
        assertThat(steps("chosen")).containsExactly(refusal.id());
        assertThat(browser.text(".st-panel"))
                .contains(
                        "dave is refused Publish: TEXT_BLANK", "Lamport time\n" + refusal.time(), "participant-4.log:");
        browser.press(Keys.ESCAPE);
        assertThat(browser.text(".st-panel")).startsWith("How to read it");
    }

    @Test
    void aParticipantCanBeLeftOut() {
        browser.open(dir.resolve("full.html"));
        browser.click(".st-menu:not(.st-violations) summary");
        browser.click(".st-filter input[data-lifeline='2']");
        assertThat(numbers(".step", "step")).isEqualTo(ids(step -> step.lifeline() != 2));
        assertThat(numbers(".message", "message"))
                .isEqualTo(messages(message -> FULL.steps().get(message.from()).lifeline() != 2
                        && FULL.steps().get(message.to()).lifeline() != 2));
        browser.click(".st-filter input[data-lifeline='2']");
        assertThat(numbers(".step", "step")).isEqualTo(ids(step -> true));
    }

    @Test
    void theReaderIsNotOfferedWhatOnlyWhoIsLeftOutDid() {
        browser.open(dir.resolve("full.html"));
        String offered =
                "[...document.querySelectorAll('.st-bar button')].find(b => b.textContent === 'Next crash').hidden === false";
        assertThat(browser.<Boolean>ask(offered)).isTrue();
        int crashed = FULL.steps().stream()
                .filter(step -> step.kind() == Step.Kind.CRASH)
                .findFirst()
                .orElseThrow()
                .lifeline();
        browser.click(".st-menu:not(.st-violations) summary");
        browser.click(".st-filter input[data-lifeline='" + crashed + "']");
        assertThat(browser.<Boolean>ask(offered)).isFalse();
        browser.click(".st-filter input[data-lifeline='" + crashed + "']");
        assertThat(browser.<Boolean>ask(offered)).isTrue();
    }

    @Test
    void aViolationKeepsTheFocusWhenTheConversationGoesOn() throws IOException {
        openScripted();
        browser.click(".st-violations summary");
        browser.focus(".st-violations .st-link");
        goOn("lifelines, violations: [...violations, { what: 'new', step: 1 }]");
        assertThat(browser.text(".st-violations")).contains("3 violations", "new");
        assertThat(browser.<Boolean>ask("document.activeElement === document.querySelector('.st-violations .st-link')"))
                .isTrue();
    }

    @Test
    void aParticipantsBoxKeepsTheFocusWhenAnotherOneComes() throws IOException {
        openScripted();
        browser.click(".st-menus summary");
        browser.focus(".st-filter input[data-lifeline='2']");
        goOn(
                "violations, lifelines: [...lifelines, { ...lifelines[1], id: lifelines.length, name: 'erin', shown: 'erin' }]");
        assertThat(browser.text(".st-filter")).contains("erin");
        assertThat(browser.<String>ask("document.activeElement.dataset.lifeline ?? ''"))
                .isEqualTo("2");
    }

    /** Shows a conversation that {@link #goOn} can continue. */
    private static void openScripted() throws IOException {
        Path page = dir.resolve("going-on.html");
        Files.writeString(
                page,
                scripted(Files.readString(dir.resolve("judged.html")))
                        .replace("createTimeView(document", "window.view = createTimeView(document"));
        browser.open(page);
    }

    /** Shows the same steps and something more. */
    private static void goOn(String more) {
        browser.run("const { lifelines, steps, messages, window: part, violations } = view.model;"
                + " view.setData({ steps, messages, window: part, " + more + " })");
    }

    @Test
    void noLabelTouchesAnotherInTheFontsOfTheBrowser() {
        for (String page : List.of("full.html", "crowd.html")) {
            browser.open(dir.resolve(page));
            List<String> touching = browser.ask("""
                (() => {
                  const labels = [...document.querySelectorAll('.picture text')]
                    .map(text => ({ text: text.textContent, box: text.getBBox() }));
                  const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width
                    && a.y + 2 < b.y + b.height - 2 && b.y + 2 < a.y + a.height - 2;
                  return labels.flatMap((one, i) => labels.slice(i + 1)
                    .filter(other => meet(one.box, other.box)).map(other => one.text + ' | ' + other.text));
                })()\
                """);
            assertThat(touching).as(page).isEmpty();
        }
    }

    @Test
    void thePageIsDarkForWhoPrefersThat() {
        browser.open(dir.resolve("full.html"));
        String paper = "getComputedStyle(document.querySelector('.space-time')).backgroundColor";
        browser.prefer("light");
        assertThat(browser.<String>ask(paper)).isEqualTo("rgb(255, 255, 255)");
        browser.prefer("dark");
        assertThat(browser.<String>ask(paper)).isEqualTo("rgb(18, 23, 31)");
        browser.prefer("light");
    }

    @Test
    void whatParticipantsSayRunsNotAndThePageIsQuiet() {
        browser.console();
        browser.requests();
        Path page = dir.resolve("hostile.html");
        browser.open(page);
        browser.pointAt(".step.published");
        assertThat(browser.text(".st-panel")).contains("</script><script>window.broken=1</script>\\u2028");
        assertThat(browser.<String>ask("document.querySelector('.space-time').textContent"))
                .doesNotContain("\u202e", "\u0000", "\u2028");
        assertThat(browser.<String>ask("typeof window.broken")).isEqualTo("undefined");
        assertThat(browser.<Long>ask("document.querySelectorAll('script').length"))
                .isEqualTo(2);
        assertThat(browser.<Long>ask("document.querySelectorAll('img').length")).isZero();
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests()).containsExactly(page.toUri().toString());
    }

    @Test
    void aHundredThousandStepsOpenSoonAndAKeyAnswersAtOnce() throws IOException {
        Played played = new Played("alice", "bob", "carol", "dave")
                .join(0)
                .join(1)
                .join(2)
                .join(3)
                .deliver();
        for (int i = 0; i < 14_300; i++) {
            played.say(i % 4, "Message " + i).deliver();
        }
        SpaceTime large = played.end();
        assertThat(large.steps()).hasSizeGreaterThan(100_000);
        Path page = dir.resolve("large.html");
        // Two frames after its script has run, it is painted.
        Files.writeString(
                page,
                scripted(SpaceTimeHtml.page(large))
                        .replace(
                                "</body>",
                                "<script>requestAnimationFrame(() => requestAnimationFrame(() =>"
                                        + " { window.opened = Math.round(performance.now()); }))</script></body>"));
        browser.open(page);
        await().until(() -> browser.<Boolean>ask("window.opened > 0"));
        long opened = browser.<Long>ask("window.opened");
        assertThat(browser.<Long>ask("document.querySelectorAll('.step').length"))
                .isPositive();
        browser.press(Keys.ARROW_DOWN, Keys.END);
        String keys = """
            (async () => {
              const answers = [];
              for (let i = 0; i < 12; i++) {
                const begin = performance.now();
                document.body.dispatchEvent(new KeyboardEvent('keydown', { key: i % 3 ? 'ArrowUp' : 'Home', bubbles: true }));
                document.body.offsetHeight; // lays out what the key has changed
                answers.push(Math.round(performance.now() - begin));
                await new Promise(requestAnimationFrame);
              }
              return answers;
            })()\
            """;
        List<Long> answers = browser.ask(keys);
        long elements = browser.<Long>ask("document.querySelectorAll('.space-time *').length");
        long size = Files.size(page);
        Files.delete(page);
        System.out.printf(
                "%,d steps, %,d bytes, %,d elements: opened after %d ms, arrow keys answered after %s ms%n",
                large.steps().size(), size, elements, opened, answers);
        assertThat(elements).isLessThan(6_000);
        assertThat(opened).isLessThan(2_000);
        assertThat(answers.stream().sorted().toList().get(answers.size() / 2)).isLessThan(50);
    }

    /** A page that runs other scripts, too. */
    private static String scripted(String page) {
        return page.replaceFirst("script-src '", "script-src 'unsafe-inline' '").replaceFirst("'sha256-[^']*'", "");
    }

    /** With a fragment in the address. */
    private static void openAt(String fragment) {
        browser.open(dir.resolve("crowd.html")); // another page, so that it is loaded
        browser.open(URI.create(dir.resolve("full.html").toUri() + fragment));
    }

    private static int said(String text) {
        return FULL.steps().stream()
                .filter(step ->
                        step.kind() == Step.Kind.PUBLISHED && step.text().equals(text))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Set<Integer> steps(String name) {
        return numbers(".step." + name, "step");
    }

    private static Set<Integer> numbers(String selector, String data) {
        List<String> found = browser.ask(
                "[...document.querySelectorAll('.picture " + selector + "')].map(e => e.dataset." + data + ")");
        return found.stream().map(Integer::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Integer> ids(Predicate<Step> condition) {
        return FULL.steps().stream().filter(condition).map(Step::id).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Integer> messages(Predicate<Message> condition) {
        Set<Integer> numbers = new TreeSet<>();
        for (int number = 0; number < FULL.messages().size(); number++) {
            if (condition.test(FULL.messages().get(number))) {
                numbers.add(number);
            }
        }
        return numbers;
    }
}
