package io.chittychat.trace.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chittychat.trace.machine.Browser;
import io.chittychat.trace.spacetime.Message;
import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.Step;
import java.io.IOException;
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
        pointAtEach("full.html", FULL, EnumSet.complementOf(EnumSet.of(Step.Kind.NO_ANSWER)));
        pointAtEach("unanswered.html", UNANSWERED, EnumSet.of(Step.Kind.NO_ANSWER));
    }

    private static void pointAtEach(String page, SpaceTime shown, Set<Step.Kind> kinds) {
        browser.open(dir.resolve(page));
        Causality causality = new Causality(shown);
        for (Step.Kind kind : kinds) {
            Step step = shown.steps().stream()
                    .filter(one -> one.kind() == kind)
                    .skip(kind == Step.Kind.REQUEST || kind == Step.Kind.RECEIPT ? 7 : 0)
                    .findFirst()
                    .orElseThrow();
            browser.pointAt("#step-" + step.id());
            Set<Integer> past = causality.past(step.id());
            Set<Integer> future = causality.future(step.id());
            assertThat(steps("chosen")).containsExactly(step.id());
            assertThat(steps("past")).as("before " + step).isEqualTo(past);
            assertThat(steps("future")).as("after " + step).isEqualTo(future);
            assertThat(browser.text("#causality"))
                    .startsWith(past.size() + " before " + future.size() + " after "
                            + (shown.steps().size() - 1 - past.size() - future.size()) + " concurrent\n");
        }
    }

    @Test
    void keysGoThroughTime() {
        browser.open(dir.resolve("full.html"));
        browser.press(Keys.ARROW_DOWN, "j", "j", "k", Keys.ARROW_DOWN);
        assertThat(browser.text("#status")).startsWith("Lamport time 3: alice receives the reply");
        assertThat(steps("later")).isEqualTo(ids(step -> step.time() > 3));
        browser.press(Keys.END);
        assertThat(browser.text("#status")).startsWith("Lamport time 46");
        assertThat(steps("later")).isEmpty();
        browser.press(Keys.HOME);
        assertThat(steps("later")).isEqualTo(ids(step -> step.time() > 1));
        browser.press(Keys.ESCAPE);
        assertThat(steps("later")).isEmpty();
        assertThat(browser.text("#status")).isEmpty();
    }

    @Test
    void theKeyboardAlonePinsAStep() {
        browser.open(dir.resolve("full.html"));
        browser.focus("#step-20");
        browser.press(Keys.ENTER);
        assertThat(browser.<String>ask("document.getElementById('step-20').getAttribute('aria-pressed')"))
                .isEqualTo("true");
        assertThat(browser.text("#status")).contains("before").contains("concurrent");
        browser.press(Keys.ESCAPE);
        assertThat(steps("chosen")).isEmpty();
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
        assertThat(browser.text("#details"))
                .contains(
                        "dave is refused Publish: TEXT_BLANK", "Lamport time\n" + refusal.time(), "participant-4.log:");
    }

    @Test
    void aParticipantCanBeLeftOut() {
        browser.open(dir.resolve("full.html"));
        browser.click("#filter input[data-lifeline='2']");
        assertThat(steps("absent")).isEqualTo(ids(step -> step.lifeline() == 2));
        assertThat(numbers(".message.absent", "message"))
                .isEqualTo(messages(message -> FULL.steps().get(message.from()).lifeline() == 2
                        || FULL.steps().get(message.to()).lifeline() == 2));
        browser.click("#filter input[data-lifeline='2']");
        assertThat(steps("absent")).isEmpty();
    }

    @Test
    void noLabelTouchesAnotherInTheFontsOfTheBrowser() {
        for (String page : List.of("full.html", "crowd.html")) {
            browser.open(dir.resolve(page));
            List<String> touching = browser.ask("""
                (() => {
                  const labels = [...document.querySelectorAll('#diagram text:not([transform])')]
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
        String paper = "getComputedStyle(document.querySelector('#diagram rect.paper')).fill";
        browser.prefer("light");
        assertThat(browser.<String>ask(paper)).isEqualTo("rgb(255, 255, 255)");
        browser.prefer("dark");
        assertThat(browser.<String>ask(paper)).startsWith("oklch(0.2 ");
        browser.prefer("light");
    }

    @Test
    void whatParticipantsSayRunsNotAndThePageIsQuiet() {
        browser.console();
        browser.requests();
        Path page = dir.resolve("hostile.html");
        browser.open(page);
        browser.pointAt(".step.published");
        assertThat(browser.text("#details")).contains("</script><script>window.broken=1</script>\\u2028");
        assertThat(browser.<String>ask("typeof window.broken")).isEqualTo("undefined");
        assertThat(browser.<Long>ask("document.querySelectorAll('script').length"))
                .isEqualTo(2);
        assertThat(browser.<Long>ask("document.querySelectorAll('img').length")).isZero();
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests()).containsExactly(page.toUri().toString());
    }

    private static Set<Integer> steps(String name) {
        return numbers(".step." + name, "step");
    }

    private static Set<Integer> numbers(String selector, String data) {
        List<String> found = browser.ask(
                "[...document.querySelectorAll('#diagram " + selector + "')].map(e => e.dataset." + data + ")");
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
