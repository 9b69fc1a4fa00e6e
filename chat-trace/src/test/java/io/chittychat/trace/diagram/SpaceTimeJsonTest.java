package io.chittychat.trace.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.trace.check.Requirement;
import io.chittychat.trace.check.RequirementVerdict;
import io.chittychat.trace.check.Violation;
import io.chittychat.trace.log.Place;
import io.chittychat.trace.spacetime.SpaceTime;
import io.chittychat.trace.spacetime.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SpaceTimeJsonTest {

    @Test
    void saysItsShapeAndVersion() {
        JsonNode json = read(Samples.full());
        assertThat(json.get("format").asString()).isEqualTo("chitty-chat/space-time");
        assertThat(json.get("version").asInt()).isEqualTo(SpaceTimeJson.VERSION);
        assertThat(json.get("window").get("last").asLong()).isEqualTo(46);
    }

    @Test
    void holdsEveryProcessStepAndMessage() {
        SpaceTime full = Samples.full();
        JsonNode json = read(full);
        assertThat(json.get("lifelines")).hasSameSizeAs(full.lifelines());
        assertThat(json.get("steps")).hasSameSizeAs(full.steps());
        assertThat(json.get("messages")).hasSameSizeAs(full.messages());
        JsonNode carol = json.get("lifelines").get(3);
        assertThat(carol.get("name").asString()).isEqualTo("carol");
        assertThat(carol.get("presences").get(0).get("ending").asString()).isEqualTo("crashed");
        JsonNode first = json.get("steps").get(0);
        assertThat(first.get("summary").asString()).isEqualTo("alice sends Join");
        assertThat(first.get("file").asString()).isEqualTo("participant-1.log");
        assertThat(first.get("line").asInt()).isEqualTo(1);
        assertThat(json.get("messages").get(0).get("kind").asString()).isEqualTo("request");
    }

    @Test
    void eventsHaveTheirAuthorAlsoWithoutTheRequest() {
        SpaceTime played = new Played("bob").join(0).say(0, "hi").end();
        Step said = played.steps().stream()
                .filter(step -> step.kind() == Step.Kind.PUBLISHED)
                .findFirst()
                .orElseThrow();
        List<Step> steps = new ArrayList<>(played.steps());
        steps.set(
                said.id(),
                new Step(
                        said.id(),
                        said.lifeline(),
                        said.time(),
                        said.kind(),
                        said.rpc(),
                        said.text(),
                        said.recordedAt(),
                        said.source(),
                        new Step.Origin("bob", 7, 3)));
        JsonNode step = read(new SpaceTime(played.lifelines(), steps, List.of(), played.window()))
                .get("steps")
                .get(said.id());
        assertThat(step.get("author").asString()).isEqualTo("bob");
        assertThat(step.get("sent").asLong()).isEqualTo(7);
        assertThat(step.get("sequence").asLong()).isEqualTo(3);
        assertThat(step.get("summary").asString()).isEqualTo("bob: hi");
    }

    @Test
    void whatACheckHasFoundStandsAtItsStep() {
        SpaceTime small = Samples.small();
        assertThat(read(small).has("violations")).isFalse();
        assertThat(read(small.judged(List.of())).get("violations")).isEmpty();
        Place place = small.steps().get(5).source().orElseThrow();
        JsonNode violations = read(small.judged(List.of(new RequirementVerdict(
                        Requirement.MESSAGES,
                        1,
                        List.of(
                                new Violation(place.file(), place.line(), "says 27"),
                                new Violation(Path.of("other.log"), 0, "is empty"))))))
                .get("violations");
        assertThat(violations.get(0).get("what").asString())
                .isEqualTo("R3, " + place.file().getFileName() + ":" + place.line() + ": says 27");
        assertThat(violations.get(0).get("step").asInt()).isEqualTo(5);
        assertThat(violations.get(1).get("what").asString()).isEqualTo("R3, other.log: is empty");
        assertThat(violations.get(1).has("step")).isFalse();
    }

    @Test
    void textIsWhatWasSaidAndTheSummaryIsSafe() {
        JsonNode json = read(new Played("bob").join(0).say(0, Samples.HOSTILE).end());
        JsonNode said = json.get("steps")
                .valueStream()
                .filter(step -> step.get("kind").asString().equals("published"))
                .findFirst()
                .orElseThrow();
        assertThat(said.get("text").asString()).isEqualTo(Samples.HOSTILE);
        assertThat(said.get("summary").asString()).startsWith("bob: </script>").doesNotContain("\u2028", "\u202e");
    }

    private static JsonNode read(SpaceTime spaceTime) {
        return JsonMapper.builder().build().readTree(SpaceTimeJson.of(spaceTime));
    }
}
