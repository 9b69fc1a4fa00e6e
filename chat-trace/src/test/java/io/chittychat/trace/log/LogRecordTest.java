package io.chittychat.trace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.text.LogFormatException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogRecordTest {

    private static final Path LOG = Path.of("participant-alice.log");
    private static final String HEAD = "time=2026-11-21T10:50:39.123Z participant=alice ";

    @Test
    void readsAReceivedMessage() throws LogFormatException {
        LogRecord received = parse("kind=receive rpc=Broadcast event=published lamport=14 clock=16 from=bob sent=12"
                + " text=\"she said \\\"hi\\\"\"");

        assertThat(received.is(RecordKind.RECEIVE, "Broadcast")).isTrue();
        assertThat(received.isEvent("published")).isTrue();
        assertThat(received.lamport()).isEqualTo(14);
        assertThat(received.clock()).isEqualTo(16);
        assertThat(received.sent()).isEqualTo(12);
        assertThat(received.find("text")).contains("she said \"hi\"");
        assertThat(received.line()).isEqualTo(7);
    }

    @Test
    void refusedReplyHasNoLamportTime() throws LogFormatException {
        LogRecord refused =
                parse("kind=reply rpc=Publish outcome=INVALID_ARGUMENT reason=TEXT_TOO_LONG clock=10 sequence=2");

        assertThat(refused.carriesLamport()).isFalse();
        assertThat(refused.find("reason")).contains("TEXT_TOO_LONG");
    }

    @Test
    void caughtUpIsNoEventOfTheChat() throws LogFormatException {
        LogRecord caughtUp = parse("kind=receive rpc=Broadcast event=caught_up lamport=5 clock=7");

        assertThat(caughtUp.isEvent()).isFalse();
        assertThat(caughtUp.carriesLamport()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "kind=send rpc=Join                                     | has no 'clock'",
                "kind=send clock=1                                      | has no 'rpc'",
                "kind=dream rpc=Join clock=1                            | unknown kind 'dream'",
                "kind=send rpc=Join clock=-1                            | 'clock' is no Lamport time: -1",
                "kind=send rpc=Join clock=9999999999999999999           | 'clock' is too large: 9999999999999999999",
                "kind=reply rpc=Join clock=1                            | has no 'outcome'",
                "kind=reply rpc=Join clock=1 outcome=OK                 | has no 'lamport'",
                "kind=receive rpc=Broadcast clock=1 lamport=1           | has no 'event'",
                "kind=receive rpc=Broadcast event=left clock=1          | has no 'lamport'",
                "kind=send rpc=Join clock=1 clock=2                     | 'clock' is given twice",
                "kind=send rpc=Join clock=1 text=\"cut                  | ends inside quotes",
                "kind=send rpc=Join clock=1 text=\"\\q\"                | unknown escape at column 83",
                "kind=send rpc=Join clock                               | no '=' at column 73",
                "kind=send  rpc=Join                                    | no key at column 59"
            })
    void lineThatIsNoRecordIsRefused(String line, String problem) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(LogFormatException.class)
                .hasMessage(problem);
    }

    private static LogRecord parse(String line) throws LogFormatException {
        return LogRecord.parse(LOG, 7, HEAD + line);
    }
}
