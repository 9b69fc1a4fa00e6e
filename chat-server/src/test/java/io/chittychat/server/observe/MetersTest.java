package io.chittychat.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The meters of a running server are those of {@code docs/meters.md}. */
@ExtendWith(RunningServer.Shared.class)
class MetersTest {

    private static final String NONE = "-";

    /** The cells of a line of the table that can be compared with a meter. */
    private record Row(String name, String type, String unit, String tags) {}

    @Test
    void documentedMetersAreTheExistingOnes(RunningServer server) throws IOException {
        assertThat(documented().stream().map(MetersTest::row).toList())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(server.context.getBean(MeterRegistry.class).getMeters().stream()
                        .map(Meter::getId)
                        .filter(id -> id.getName().startsWith("chitty."))
                        .map(MetersTest::row)
                        .collect(Collectors.toSet()));
    }

    @Test
    void documentedPrometheusNamesAreThoseOfTheScrape(RunningServer server) throws IOException {
        List<String> scraped = MetricNames.scraped(server.scrape()).stream()
                .map(name -> name.replaceFirst("_(count|sum|max|bucket)$", ""))
                .filter(name -> name.startsWith("chitty_"))
                .distinct()
                .toList();
        assertThat(documented().stream().map(cells -> cells.get(4))).containsExactlyInAnyOrderElementsOf(scraped);
    }

    @Test
    void grpcHasItsOwnMeters(RunningServer server) {
        assertThat(MetricNames.scraped(server.scrape()))
                .contains("grpc_server_requests_received_messages_total", "grpc_server_responses_sent_messages_total")
                .contains("grpc_server_processing_duration_seconds_count");
    }

    @Test
    void trafficIsCounted(RunningServer server) {
        assertThat(server.scrape().lines())
                .contains("chitty_participants 1.0", "chitty_events_total{type=\"published\"} 1.0")
                .contains("chitty_publish_seconds_count 1", "chitty_store_commit_seconds_count 2")
                .contains("chitty_sessions{state=\"attached\"} 1.0", "chitty_sessions{state=\"detached\"} 0.0")
                .contains("chitty_delivery_lag_events 0.0", "chitty_timeline_events 2.0", "chitty_log_up 1.0")
                .contains("chitty_lamport_time 3.0");
    }

    /** The cells of each line of the table of meters, without markup. */
    private static List<List<String>> documented() throws IOException {
        return Files.readAllLines(Path.of("../docs/meters.md")).stream()
                .filter(line -> line.startsWith("| `chitty."))
                .map(line -> Arrays.stream(line.split("\\|"))
                        .skip(1)
                        .map(cell -> cell.strip().replace("`", ""))
                        .toList())
                .toList();
    }

    private static Row row(List<String> cells) {
        return new Row(cells.get(0), cells.get(1), cells.get(2), cells.get(3));
    }

    private static Row row(Meter.Id id) {
        String tags = id.getTags().stream().map(Tag::getKey).sorted().collect(Collectors.joining(", "));
        return new Row(
                id.getName(),
                id.getType() == Meter.Type.DISTRIBUTION_SUMMARY
                        ? "summary"
                        : id.getType().name().toLowerCase(Locale.ROOT),
                Objects.requireNonNullElse(id.getBaseUnit(), NONE),
                tags.isEmpty() ? NONE : tags);
    }
}
