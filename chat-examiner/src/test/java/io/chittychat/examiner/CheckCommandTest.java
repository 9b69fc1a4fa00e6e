package io.chittychat.examiner;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.examiner.server.ContractServer;
import io.chittychat.examiner.server.Fault;
import io.chittychat.examiner.server.LinesServer;
import io.chittychat.examiner.server.NamedServer;
import io.chittychat.examiner.server.OneStreamServer;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the examiner says of services of several shapes, with and without faults. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT) // they wait most of the time
class CheckCommandTest {

    private static final Set<Fault> NONE = EnumSet.noneOf(Fault.class);
    private static final String ALL_HOLDS = "All that can be seen from outside holds.";

    @Test
    void oneStreamForEverythingIsExaminedByItsProto() throws IOException {
        Checked checked = Checked.service(
                new OneStreamServer(NONE),
                "--mapping",
                Checked.mapping("one-stream"),
                "--proto",
                "src/test/proto/one_stream.proto");

        assertThat(checked.out()).contains(ALL_HOLDS);
        assertThat(checked.exitCode()).isZero();
        assertThat(checked.out())
                .contains("R2, a note: The method for it has another name than the assignment's.", "Talk()");
    }

    @Test
    void publishWithoutSessionIsExaminedByReflection() throws IOException {
        Checked checked = Checked.service(new NamedServer(NONE), "--mapping", Checked.mapping("named"));

        assertThat(checked.out()).contains(ALL_HOLDS);
        assertThat(checked.exitCode()).isZero();
        assertThat(checked.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void tickPerRecipientIsANoteInTheWordsOfAStudent() throws IOException {
        Checked checked = Checked.service(new ContractServer(EnumSet.of(Fault.TICKS_PER_RECIPIENT)));

        assertThat(checked.exitCode()).isZero();
        assertThat(checked.out())
                .contains("R3, a note: One event has different Lamport times for different participants.");
        assertThat(unfolded(checked)).contains("Tick once for a message, before it is sent to all");
        assertThat(checked.row("R3")).endsWith("holds");
    }

    @Test
    void bytesInsteadOfCharactersFailWithWhatIsCounted() throws IOException {
        Checked checked =
                Checked.service(new LinesServer(EnumSet.of(Fault.COUNTS_BYTES)), "--mapping", Checked.mapping("lines"));

        assertThat(checked.exitCode()).isEqualTo(1);
        assertThat(checked.row("R1")).endsWith("FAILS");
        assertThat(unfolded(checked)).contains("refused a message of 128 characters", "it seems to count bytes (2");
        assertThat(checked.out()).endsWith("FAILS: R1.\n");
    }

    @Test
    void linesAloneCanBeExamined() throws IOException {
        Checked checked = Checked.service(new LinesServer(NONE), "--mapping", Checked.mapping("lines"));

        assertThat(checked.out()).contains(ALL_HOLDS);
        assertThat(checked.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "COUNTS_UTF_16,          R1, it seems to count units of UTF-16",
        "NO_LIMIT,               R1, The service accepted a message of 129 characters.",
        "AUTHOR_NOT_TOLD,        R3, The author of a message does not receive it.",
        "DROPS_FOR_SLOW,         R3, Messages are lost for a participant who reads slowly.",
        "NEWCOMER_NOT_TOLD,      R6, A newcomer is not told of its own join.",
        "CRASH_NOT_TOLD,         R8, The participants who remain are not told that one has crashed.",
        "LEAVE_TOLD_TWICE,       R8, A participant is told of one event twice.",
        "CLOCK_GOES_BACK,        clocks, The Lamport time does not grow from a cause to its effect.",
        "IGNORES_RECEIVED_TIMES, clocks, is not later than that of the request for it."
    })
    void faultIsFoundAndNothingElse(Fault fault, String requirement, String words) throws IOException {
        Checked checked =
                Checked.service(new NamedServer(EnumSet.of(fault)), "--mapping", Checked.mapping("named"), "--wait=3");

        assertThat(unfolded(checked)).contains(words);
        assertThat(checked.out()).endsWith("FAILS: " + requirement + ".\n");
        assertThat(checked.exitCode()).isEqualTo(1);
    }

    @Test
    void answerThatDoesNotComeIsNotKnownAndNotRefused() throws IOException {
        Checked checked = Checked.service(
                new NamedServer(EnumSet.of(Fault.LOSES_AN_ANSWER)), "--mapping", Checked.mapping("named"), "--wait=3");

        assertThat(checked.row("R1")).endsWith("not known");
        assertThat(checked.out()).contains("no answer within 3 s").endsWith("Not known: R1.\n");
        assertThat(checked.exitCode()).isEqualTo(2);
    }

    @Test
    void shorteningIsANote() throws IOException {
        Checked checked =
                Checked.service(new NamedServer(EnumSet.of(Fault.SHORTENS)), "--mapping", Checked.mapping("named"));

        assertThat(checked.out()).contains("R1, a note: The service shortens a message that is too long.");
        assertThat(checked.exitCode()).isZero();
    }

    @Test
    void resultIsWrittenAsData() throws IOException {
        Checked checked = Checked.service(new ContractServer(EnumSet.of(Fault.NO_LIMIT)), "--json");

        assertThat(checked.out())
                .startsWith("{\"address\":\"127.0.0.1:")
                .contains(
                        "\"service\":\"chittychat.v1.ChatService\"",
                        "\"exitCode\":1",
                        "{\"requirement\":\"R1\"",
                        "\"result\":\"fails\"",
                        "\"requirement\":\"R4\",\"meaning\":\"a client logs each message and its time\",\"result\":\"not examined\"");
        assertThat(checked.exitCode()).isEqualTo(1);
    }

    @Test
    void serviceWithAnotherContractCannotBeExaminedWithoutAMapping() throws IOException {
        Checked checked = Checked.service(new NamedServer(NONE));

        assertThat(checked.exitCode()).isEqualTo(2);
        assertThat(checked.err()).contains("could not join", "UNIMPLEMENTED", "--mapping");
    }

    @Test
    void addressWithoutServiceCannotBeExamined() {
        Checked checked = Checked.address("127.0.0.1:1", "--wait=2");

        assertThat(checked.exitCode()).isEqualTo(2);
        assertThat(checked.err()).contains("could not join", "UNAVAILABLE");
    }

    @Test
    void mappingThatDoesNotFitIsNamedByItsPlace() throws IOException {
        Checked checked = Checked.service(
                new LinesServer(NONE), "--mapping", Checked.mapping("lines"), "--proto", "src/test/proto/named.proto");

        assertThat(checked.exitCode()).isEqualTo(2);
        assertThat(checked.err()).contains("has no service lines.ChittyChat; it has: named.ChatService");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:99999", "http://localhost:1"})
    void whatIsNoAddressIsSaidToBeNone(String address) {
        Checked checked = Checked.address(address);

        assertThat(checked.exitCode()).isEqualTo(2);
        assertThat(checked.err()).contains("See chitty check --help.");
    }

    @Test
    void helpFitsATerminal() {
        Checked checked = Checked.arguments(List.of("--help"));

        assertThat(checked.exitCode()).isZero();
        assertThat(checked.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    /** The text without the ends of lines that the terminal's width asks for. */
    private static String unfolded(Checked checked) {
        return checked.out().replaceAll("\\s+", " ");
    }
}
