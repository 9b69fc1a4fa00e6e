package io.chittychat.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The code and the table of errors beside the .proto have the same reasons. */
class ErrorTableTest {

    private static final Path PAGE = Path.of("src/main/proto/chittychat/v1/README.md");
    private static final List<String> HEADER = List.of("status", "reason", "when", "detail", "the client should");

    /** The cells of each row of the table, without the header. */
    private static List<List<String>> rows() throws IOException {
        List<List<String>> lines = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(
                                line.substring(1, line.lastIndexOf('|')).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
        assertThat(lines.get(0)).isEqualTo(HEADER);
        return lines.subList(2, lines.size());
    }

    @Test
    void tableAndCodeHaveTheSameReasonsWithTheSameStatuses() throws IOException {
        Map<String, String> inTable = rows().stream().collect(Collectors.toMap(row -> row.get(1), row -> row.get(0)));
        Map<String, String> inCode = Arrays.stream(ErrorReason.values())
                .collect(Collectors.toMap(
                        ErrorReason::name, reason -> reason.code().name()));

        assertThat(inCode).containsExactlyInAnyOrderEntriesOf(inTable);
    }

    @Test
    void everyRowIsFilledIn() throws IOException {
        assertThat(rows())
                .allSatisfy(row -> assertThat(row).hasSameSizeAs(HEADER).doesNotContain(""));
    }

    @Test
    void everyInvalidArgumentNamesTheField() throws IOException {
        assertThat(rows())
                .filteredOn(row -> row.get(0).equals("INVALID_ARGUMENT"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.get(3)).isEqualTo("BadRequest.field_violations"));
    }
}
