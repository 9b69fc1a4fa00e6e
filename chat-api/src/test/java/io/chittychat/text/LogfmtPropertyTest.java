package io.chittychat.text;

import static io.chittychat.property.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogfmtPropertyTest {

    private static final Pattern PAIR =
            Pattern.compile("(?<key>[a-z0-9]+)=(?:\"(?<quoted>(?:[^\"\\\\]|\\\\.)*)\"|(?<plain>[^ \"=\\\\]+))(?: |$)");

    @Test
    void recordIsAlwaysOneLine() {
        forAll(draw -> draw.list(0, 4, Texts::foreign), values -> {
            String line = record(values);

            assertThat(Texts.lines(line)).isOne();
            assertThat(Texts.isHarmful(line)).isFalse();
        });
    }

    @Test
    void recordHasOnePairForEachValue() {
        forAll(
                draw -> draw.list(0, 4, Texts::foreign),
                values -> assertThat(parse(record(values))).hasSize(values.size()));
    }

    @Test
    void harmlessTextIsParsedBackUnchanged() {
        forAll(
                draw -> draw.list(0, 4, Texts::harmless),
                values -> assertThat(parse(record(values)).values()).containsExactlyElementsOf(values));
    }

    /** The reader is the writer's inverse. */
    @Test
    void anyTextIsReadBackAsItWasWritten() {
        forAll(draw -> draw.list(0, 4, Texts::foreign), values -> {
            LogfmtLine read = LogfmtLine.parse(record(values));

            for (int i = 0; i < values.size(); i++) {
                assertThat(read.find("key" + i)).contains(values.get(i));
            }
            assertThat(read.has("key" + values.size())).isFalse();
        });
    }

    /** The writer is the reader's inverse. */
    @Test
    void recordThatWasReadIsWrittenAsItWas() {
        forAll(draw -> draw.list(0, 4, Texts::foreign), values -> {
            String line = record(values);
            LogfmtLine read = LogfmtLine.parse(line);

            assertThat(record(IntStream.range(0, values.size())
                            .mapToObj(i -> read.find("key" + i).orElseThrow())
                            .toList()))
                    .isEqualTo(line);
        });
    }

    @Test
    void lamportTimeIsReadBackAsItWasWritten() {
        forAll(
                draw -> draw.between(0, Long.MAX_VALUE),
                time -> assertThat(LogfmtLine.parse(
                                        new Logfmt().with(LogKeys.LAMPORT, time).toString())
                                .lamportTime(LogKeys.LAMPORT))
                        .isEqualTo(time));
    }

    /** A record that was cut is refused, or has fewer pairs, or a shorter last value; it never has another pair. */
    @Test
    void beginningOfARecordHasNoPairThatTheRecordDoesNotHave() {
        forAll(
                draw -> {
                    String line = record(draw.list(1, 3, Texts::foreign));
                    return List.of(line, line.substring(0, draw.below(line.length())));
                },
                lines -> {
                    LogfmtLine whole = LogfmtLine.parse(lines.get(0));
                    try {
                        LogfmtLine cut = LogfmtLine.parse(lines.get(1));
                        for (int i = 0; cut.has("key" + i); i++) {
                            assertThat(whole.find("key" + i).orElseThrow())
                                    .startsWith(cut.find("key" + i).orElseThrow());
                        }
                    } catch (LogFormatException e) {
                        assertThat(e.problem()).isNotBlank();
                    }
                });
    }

    private static String record(List<String> values) {
        Logfmt record = new Logfmt();
        for (int i = 0; i < values.size(); i++) {
            record.with("key" + i, values.get(i));
        }
        return record.toString();
    }

    /** A parser that relies only on the format that Logfmt documents. */
    private static Map<String, String> parse(String line) {
        Map<String, String> pairs = new LinkedHashMap<>();
        Matcher pair = PAIR.matcher(line);
        int end = 0;
        while (end < line.length()) {
            assertThat(pair.find(end) && pair.start() == end)
                    .as("a pair at %d of %s", end, line)
                    .isTrue();
            String quoted = pair.group("quoted");
            String plain = pair.group("plain");
            pairs.put(pair.group("key"), quoted == null ? plain : quoted.replaceAll("\\\\(.)", "$1"));
            end = pair.end();
        }
        return pairs;
    }
}
