package io.chittychat.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.json.JsonParserFactory;
import org.yaml.snakeyaml.Yaml;

/** The dashboard and the alerts use only metrics that a running server has. */
@ExtendWith(RunningServer.Shared.class)
class DashboardTest {

    private static final Path DASHBOARD = Path.of("../config/grafana/dashboard.json");
    private static final Path ALERTS = Path.of("../config/prometheus/alerts.yml");
    private static final Path PROMETHEUS = Path.of("../config/prometheus/prometheus.yml");

    @Test
    void panelsUseExistingMetrics(RunningServer server) throws IOException {
        Set<String> scraped = MetricNames.scraped(server.scrape());
        List<String> expressions = panels().flatMap(panel -> list(panel, "targets"))
                .map(target -> text(target, "expr"))
                .toList();
        assertThat(expressions)
                .hasSizeGreaterThan(20)
                .allSatisfy(expression ->
                        assertThat(MetricNames.in(expression)).isNotEmpty().isSubsetOf(scraped));
        assertThat(scraped).contains("chitty_participants"); // used by the variable "instance"
        assertThat(Files.readString(DASHBOARD)).contains("label_values(chitty_participants, instance)");
    }

    @Test
    void panelsHaveADescriptionAUnitAndTheCommonDataSource() throws IOException {
        assertThat(panels().filter(panel -> !text(panel, "type").equals("row"))).allSatisfy(panel -> {
            assertThat(text(panel, "description")).endsWith(".");
            assertThat(map(map(panel, "fieldConfig"), "defaults")).containsKey("unit");
            assertThat(text(map(panel, "datasource"), "uid")).isEqualTo("${datasource}");
        });
    }

    @Test
    void alertsUseExistingMetrics(RunningServer server) throws IOException {
        Set<String> scraped = MetricNames.scraped(server.scrape());
        List<Map<String, Object>> rules = list(yaml(ALERTS), "groups")
                .flatMap(group -> list(group, "rules"))
                .toList();
        assertThat(rules).isNotEmpty().allSatisfy(rule -> {
            assertThat(MetricNames.in(text(rule, "expr"))).isSubsetOf(scraped);
            assertThat(map(rule, "annotations")).containsKeys("summary", "description");
            assertThat(map(rule, "labels")).containsKey("severity");
        });
    }

    @Test
    void prometheusScrapesTheMetricsEndpoint() throws IOException {
        Map<String, Object> scrape =
                list(yaml(PROMETHEUS), "scrape_configs").findFirst().orElseThrow();
        assertThat(scrape).containsEntry("metrics_path", "/actuator/prometheus");
        assertThat(Files.readString(ALERTS)).contains("job=\"" + scrape.get("job_name") + "\"");
    }

    /** The tests above rely on it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rate(no_such_total{a=\"b\"}[5m])                    | no_such_total",
                "histogram_quantile(0.9, sum by (le) (x_bucket))     | x_bucket",
                "a_total / on (instance) group_left (job) b offset 5m | a_total;b",
                "m > 1e9 or predict_linear(n[6h], 24 * 3600) < 0     | m;n",
                "sum(c) without (d) == 1 and up{job=\"x y\"} == 0    | c",
            })
    void namesInAnExpressionAreFound(String expression, String names) {
        assertThat(MetricNames.in(expression)).containsExactlyInAnyOrder(names.split(";"));
    }

    private static Stream<Map<String, Object>> panels() throws IOException {
        return list(JsonParserFactory.getJsonParser().parseMap(Files.readString(DASHBOARD)), "panels");
    }

    private static Map<String, Object> yaml(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return new Yaml().load(reader);
        }
    }

    @SuppressWarnings("unchecked") // parsed from JSON or YAML
    private static Map<String, Object> map(Map<String, Object> of, String key) {
        return (Map<String, Object>) Objects.requireNonNull(of.get(key), key);
    }

    @SuppressWarnings("unchecked")
    private static Stream<Map<String, Object>> list(Map<String, Object> of, String key) {
        return ((List<Map<String, Object>>) of.getOrDefault(key, List.of())).stream();
    }

    private static String text(Map<String, Object> of, String key) {
        return String.valueOf(of.get(key));
    }
}
