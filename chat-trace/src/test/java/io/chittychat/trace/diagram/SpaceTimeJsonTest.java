package io.chittychat.trace.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.trace.spacetime.SpaceTime;
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
