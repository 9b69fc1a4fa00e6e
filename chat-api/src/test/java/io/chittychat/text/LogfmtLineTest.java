package io.chittychat.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogfmtLineTest {

    @Test
    void pairsAreFoundByTheirKeys() throws LogFormatException {
        LogfmtLine line = LogfmtLine.parse("rpc=Publish lamport=9 text=\"she said \\\"hi\\\"\" empty=\"\"");

        assertThat(line.find("rpc")).contains("Publish");
        assertThat(line.lamportTime("lamport")).isEqualTo(9);
        assertThat(line.find("text")).contains("she said \"hi\"");
        assertThat(line.find("empty")).contains("");
        assertThat(line.find("outcome")).isEmpty();
        assertThat(line.has("outcome")).isFalse();
    }

    @Test
    void lineMayHaveMorePairsThanUsual() throws LogFormatException {
        String many = String.join(
                " ",
                Stream.iterate(0, i -> i < 50, i -> i + 1)
                        .map(i -> "key" + i + "=" + i)
                        .toList());

        assertThat(LogfmtLine.parse(many).find("key49")).contains("49");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rpc=Join rpc=Leave  | 'rpc' is given twice",
                "text=\"cut           | ends inside quotes",
                "text=\"\\q\"         | unknown escape at column 8",
                "text=\"\\u00g0\"     | bad escape at column 11",
                "clock               | no '=' at column 6",
                "rpc=Join  clock=1   | no key at column 10",
                "text=\"a\"clock=1    | no ' ' at column 9"
            })
    void lineThatIsNoLogfmtIsRefused(String line, String problem) {
        assertThatThrownBy(() -> LogfmtLine.parse(line))
                .isInstanceOf(LogFormatException.class)
                .hasMessage(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lamport=", "lamport=-1", "lamport=+1", "lamport=1.0", "lamport=\"1 \""})
    void valueThatIsNoLamportTimeIsRefused(String line) throws LogFormatException {
        LogfmtLine read = LogfmtLine.parse(line);

        assertThatThrownBy(() -> read.lamportTime("lamport"))
                .isInstanceOf(LogFormatException.class)
                .hasMessageStartingWith("'lamport' is no Lamport time");
    }

    @Test
    void listOfKeysHasEveryKey() {
        List<String> constants = Stream.of(LogKeys.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(field -> {
                    try {
                        return (String) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();

        assertThat(LogKeys.ALL).containsExactlyInAnyOrderElementsOf(constants);
    }
}
