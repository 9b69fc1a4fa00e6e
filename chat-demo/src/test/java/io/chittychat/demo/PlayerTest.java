package io.chittychat.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.demo.scenario.ScenarioParser;
import io.chittychat.trace.console.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class PlayerTest {

    private static final String TWO = """
            alice joins
            bob joins
            """;

    private final FakeVenue prompt = new FakeVenue(true);

    @Test
    void tellsWhoReceivedWhat() {
        assertThat(played(prompt, TWO + """
                alice says "Hello!"
                bob leaves
                """))
                .contains("""
                  [L   3]  alice: Hello!
                           received by alice at 4, bob at 4
                  [L   4]  * Participant bob left
                           received by alice at 5
                """)
                .contains("  [L   5]  alice left; no participant remains to be told\n");
        assertThat(prompt.done()).containsExactly("quit alice", "quit bob");
    }

    @Test
    void countsReceiversIfTheyAreMany() {
        assertThat(played(prompt, """
                crowd 9 guest
                guest-5 says "Hello!"
                """)).contains("  [L  10]  guest-5: Hello!  (received by 9, at 11 to 11)\n");
    }

    @Test
    void saysThatTwoDidNotKnowOfEachOtherOnlyIfTheLogsShowIt() {
        String scenario = TWO + "together alice says \"One.\" and bob says \"Two.\"\n";

        assertThat(played(prompt, scenario)).doesNotContain("neither knew");
        assertThat(played(new FakeVenue(false), scenario))
                .contains("(each had sent before it received the other's: neither knew of the other)");
    }

    @Test
    void whatIsSaidOnACutLineWaitsUntilItIsMended() {
        assertThat(played(prompt, TWO + """
                cut bob
                bob says "Waits."
                alice says "Where is bob?"
                mend bob
                """))
                .containsSubsequence(
                        "-------  the line of bob is cut\n",
                        "-------  bob types: Waits.\n",
                        "(without a connection: it waits)\n",
                        "alice: Where is bob?\n           received by alice at 4\n",
                        "-------  the line of bob is good again\n",
                        "-------  bob is back\n",
                        "(and receives what was said meanwhile: L 3)\n",
                        "bob: Waits.\n           received by alice at 5, bob at 5\n");
        assertThat(prompt.done()).startsWith("cut bob", "mend bob");
    }

    @Test
    void whatIsSaidTwiceWithoutAServiceIsHeardTwice() {
        assertThat(played(prompt, TWO + """
                stop the service
                bob says "Hello?"
                bob says "Hello?"
                start the service
                """))
                .containsSubsequence("(noticed by alice, bob)", "[L   3]  bob: Hello?\n", "[L   4]  bob: Hello?\n");
        assertThat(prompt.done()).startsWith("stop", "start");
    }

    @Test
    void whoCrashesSaysNothingMore() {
        assertThat(played(prompt, TWO + """
                alice says "Hello!"
                cut bob
                bob says "Lost."
                bob crashes
                """))
                .contains("* Participant bob left\n           received by alice at 5\n")
                .doesNotContain("bob: Lost.");
        assertThat(prompt.done()).containsExactly("cut bob", "kill bob", "quit alice");
    }

    @Test
    void whoseNodeDiesGoesToAnotherOneAndSpeaksMeanwhile() {
        assertThat(played(prompt, TWO + """
                node 2 is killed
                bob says "Where am I?"
                node 2 starts
                the leading broker is killed
                alice says "Still here."
                node 1 is cut off
                node 1 is back
                """))
                .containsSubsequence(
                        "(alice is at node 1)\n",
                        "(bob is at node 2)\n",
                        "-------  node 2 is killed (the node of bob)\n",
                        "bob: Where am I?\n",
                        "-------  bob is at node 1 now\n",
                        "-------  node 2 is started again",
                        "-------  broker 2, which led the partition, is killed\n",
                        "alice: Still here.\n",
                        "-------  node 1 is cut off from the brokers",
                        "(the node of alice, bob)\n",
                        "-------  alice is at node 3 now\n",
                        "-------  bob is at node 3 now\n",
                        "-------  node 1 reaches the brokers again");
        assertThat(prompt.done())
                .startsWith("kill node 2", "start node 2", "kill leader", "cut off node 1", "bring back node 1");
    }

    private static String played(Venue venue, String scenario) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Narrator narrator = new Narrator(new PrintStream(bytes, true, UTF_8), Style.PLAIN);

        new Player(ScenarioParser.parse("test", scenario), venue, new Cast(venue::admit), narrator).play();
        return bytes.toString(UTF_8);
    }
}
