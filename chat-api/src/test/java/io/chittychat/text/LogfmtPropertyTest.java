package io.chittychat.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class LogfmtPropertyTest {

    private static final Pattern PAIR =
            Pattern.compile("(?<key>[a-z0-9]+)=(?:\"(?<quoted>(?:[^\"\\\\]|\\\\.)*)\"|(?<plain>[^ \"=\\\\]+))(?: |$)");

    @Provide
    Arbitrary<String> foreign() {
        return Texts.foreign();
    }

    @Provide
    Arbitrary<String> harmless() {
        return Texts.harmless();
    }

    @Property
    void recordIsOneLineWhateverItHolds(@ForAll @Size(max = 4) List<@From("foreign") String> values) {
        String line = record(values);

        assertThat(Texts.lines(line)).isOne();
        assertThat(Texts.isHarmful(line)).isFalse();
    }

    @Property
    void recordHasOnePairForEachValue(@ForAll @Size(max = 4) List<@From("foreign") String> values) {
        assertThat(parse(record(values))).hasSize(values.size());
    }

    @Property
    void harmlessTextIsReadBackAsItWasWritten(@ForAll @Size(max = 4) List<@From("harmless") String> values) {
        assertThat(parse(record(values)).values()).containsExactlyElementsOf(values);
    }

    private static String record(List<String> values) {
        Logfmt record = new Logfmt();
        for (int i = 0; i < values.size(); i++) {
            record.with("key" + i, values.get(i));
        }
        return record.toString();
    }

    /** A reader that knows only what Logfmt promises. */
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
