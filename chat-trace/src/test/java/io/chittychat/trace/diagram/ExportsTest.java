package io.chittychat.trace.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.trace.spacetime.SpaceTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What other programs read of a conversation. */
class ExportsTest {

    /** ShiViz's default parser. */
    private static final Pattern SHIVIZ = Pattern.compile("(?<event>.*)\\n(?<host>\\S*) (?<clock>\\{.*})\\n");

    private final JsonMapper json = new JsonMapper();

    private record Stamp(String host, Map<String, Long> clock) {}

    private List<Stamp> stamps(String log) {
        List<Stamp> stamps = new ArrayList<>();
        Matcher parser = SHIVIZ.matcher(log);
        int end = 0;
        while (parser.find()) {
            assertThat(parser.start()).isEqualTo(end);
            end = parser.end();
            Map<String, Long> clock = new HashMap<>();
            json.readTree(parser.group("clock"))
                    .properties()
                    .forEach(entry -> clock.put(entry.getKey(), entry.getValue().asLong()));
            stamps.add(new Stamp(parser.group("host"), clock));
        }
        assertThat(end).isEqualTo(log.length());
        return stamps;
    }

    @Test
    void shiVizReadsVectorClocks() {
        SpaceTime spaceTime = Samples.full();
        List<Stamp> stamps = stamps(ShiViz.of(spaceTime));
        assertThat(stamps).hasSameSizeAs(spaceTime.steps());
        Map<String, Long> own = new HashMap<>();
        stamps.forEach(
                stamp -> assertThat(stamp.clock().get(stamp.host())).isEqualTo(own.merge(stamp.host(), 1L, Long::sum)));
        spaceTime
                .messages()
                .forEach(message -> assertThat(stamps.get(message.to()).clock())
                        .allSatisfy((host, time) -> assertThat(time)
                                .isGreaterThanOrEqualTo(
                                        stamps.get(message.from()).clock().getOrDefault(host, 0L))));
    }

    @Test
    void hostileNamesAreHostsOfShiViz() {
        stamps(ShiViz.of(new Played("a b\"{}\\" + Samples.HOSTILE, "bob")
                .join(0)
                .join(1)
                .say(0, "x\n{}")
                .end()));
    }

    @Test
    void perfettoGetsASliceForEachStepAndAnArrowForEachMessage() {
        SpaceTime spaceTime = Samples.full();
        JsonNode events = json.readTree(ChromeTrace.of(spaceTime)).get("traceEvents");
        List<String> phases = new ArrayList<>();
        events.forEach(event -> phases.add(event.get("ph").asString()));
        assertThat(phases.stream().filter("X"::equals)).hasSameSizeAs(spaceTime.steps());
        assertThat(phases.stream().filter("s"::equals)).hasSameSizeAs(spaceTime.messages());
        assertThat(phases.stream().filter("f"::equals)).hasSameSizeAs(spaceTime.messages());
    }

    @Test
    void mermaidGetsOneStatementALine() {
        String text = Mermaid.of(Samples.small());
        assertThat(text)
                .startsWith("sequenceDiagram\n")
                .contains("    p1->>p0: [9 → 10] Publish\n", "    p0-)p2: [10 → 12]\n")
                .contains("    Note over p0: L 10 alice: Is anybody here?\n");
    }

    @Test
    void foreignTextIsNoMermaid() {
        String hostile = "\nend\n%% x; #1; participant z <script>";
        String text = Mermaid.of(
                new Played(hostile, "bob").join(0).join(1).say(1, hostile).end());
        assertThat(text).doesNotContain("<", "%%", "\nend");
        assertThat(text.lines().skip(1))
                .allMatch(
                        line -> line.matches("    (title|participant p\\d|Note over p\\d|p\\d(-|->|--)[)>]+p\\d:).*"));
    }
}
