package io.chittychat.demo.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.demo.scenario.ScenarioStep.Saying;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioParserTest {

    @Test
    void readsEveryKindOfStep() {
        Scenario scenario = parse("""
                # what a teacher writes
                title Everything
                scene It begins. # is no comment here
                alice joins      # but this is one
                crowd 2 guest

                alice says "Say \\"hi\\", # or \\\\"
                together alice says “One.” and guest-1 says "Two."
                everybody says "All."
                slow alice 200ms
                slow alice 1s
                unreliable guest-1
                cut guest-2
                guest-2 says "Later."
                mend guest-2
                stop the service
                alice says "Down?"
                start the service
                restart the service
                guest-1 crashes
                mend alice
                alice leaves
                alice joins
                everybody leaves
                """);

        assertThat(scenario.title()).isEqualTo("Everything");
        assertThat(scenario.steps())
                .containsExactly(
                        new ScenarioStep.Scene("It begins. # is no comment here"),
                        new ScenarioStep.Join(List.of("alice")),
                        new ScenarioStep.Join(List.of("guest-1", "guest-2")),
                        say(new Saying("alice", "Say \"hi\", # or \\")),
                        say(new Saying("alice", "One."), new Saying("guest-1", "Two.")),
                        say(new Saying("alice", "All."), new Saying("guest-1", "All."), new Saying("guest-2", "All.")),
                        new ScenarioStep.Slow("alice", Duration.ofMillis(200)),
                        new ScenarioStep.Slow("alice", Duration.ofSeconds(1)),
                        new ScenarioStep.Unreliable("guest-1"),
                        new ScenarioStep.Cut("guest-2"),
                        say(new Saying("guest-2", "Later.")),
                        new ScenarioStep.Mend("guest-2"),
                        new ScenarioStep.Stop(),
                        say(new Saying("alice", "Down?")),
                        new ScenarioStep.Start(),
                        new ScenarioStep.Stop(),
                        new ScenarioStep.Start(),
                        new ScenarioStep.Crash("guest-1"),
                        new ScenarioStep.Mend("alice"),
                        new ScenarioStep.Leave(List.of("alice")),
                        new ScenarioStep.Join(List.of("alice")),
                        new ScenarioStep.Leave(List.of("guest-2", "alice")));
        assertThat(scenario.names()).containsExactly("alice", "guest-1", "guest-2");
        assertThat(scenario.lines()).containsExactlyInAnyOrder("alice", "guest-1", "guest-2");
        assertThat(scenario.isRandom()).isTrue();
    }

    @Test
    void readsWhatHappensToNodesAndBrokers() {
        Scenario scenario = parse("""
                alice joins
                bob joins
                node 2 is killed      # kill -9
                alice says "Still there?"
                node 2 starts
                the leading broker is killed
                node 3 is cut off
                node 3 is back
                """);

        assertThat(scenario.steps())
                .containsSubsequence(
                        new ScenarioStep.KillNode(2),
                        say(new Saying("alice", "Still there?")),
                        new ScenarioStep.StartNode(2),
                        new ScenarioStep.KillLeader(),
                        new ScenarioStep.CutOff(3),
                        new ScenarioStep.BringBack(3));
        assertThat(scenario.needsCluster()).isTrue();
        assertThat(scenario.cutOffNodes()).containsExactly(3);
        assertThat(parse("alice joins\nbob joins\nbob says \"Hello!\"\n").needsCluster())
                .isFalse();
    }

    @Test
    void whoeverIsThereAtTheEndLeaves() {
        Scenario scenario = parse("alice joins\nbob joins\nbob says \"Hello!\"\n");

        assertThat(scenario.title()).isEqualTo("my.txt");
        assertThat(scenario.steps()).last().isEqualTo(new ScenarioStep.Leave(List.of("alice", "bob")));
        assertThat(scenario.isRandom()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"conversation", "crowd", "unreliable", "failover"})
    void shippedOnesAreRight(String name) {
        assertThat(Scenarios.SHIPPED).contains(name);
        assertThat(Scenarios.load(name).title()).isNotEqualTo(name);
        assertThat(Scenarios.load(name).names()).hasSizeGreaterThan(2);
    }

    /** Each line stands behind two in which alice and bob join. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "alice sings              | expected NAME joins, says \"...\", leaves or crashes, or a line",
                "pause 3                  | found '3'",
                "alice                    | found the end of the line",
                "\"alice\" joins          | found \"alice\"",
                "alice says Hello         | expected a text in quotes; found 'Hello'",
                "alice says \"Hello       | a quoted text has no closing quote",
                "alice says \"\"          | the text",
                "alice says \" hi\"       | the text begins or ends with a space",
                "alice leaves now         | expected the end of the line; found 'now'",
                "title Late               | the title must be the first line",
                "scene                    | expected a sentence after 'scene'",
                "carol says \"Hello!\"    | carol is not in the chat",
                "carol leaves             | carol is not in the chat",
                "carol crashes            | carol is not in the chat",
                "alice joins              | alice is in the chat already",
                "Alice joins              | to the service 'alice' and 'Alice' are one name",
                "cut joins                | joins is not in the chat",
                "everybody joins          | expected everybody says",
                "server joins             | 'server' cannot be a name here",
                "9lives joins             | '9lives' is no name",
                "together alice says \"a\"| expected two or more participants that speak together",
                "together alice says \"a\" and alice says \"b\" | expected two or more participants that speak together",
                "crowd many guest         | expected a number from 2 to 64; found 'many'",
                "crowd 65 guest           | expected a number from 2 to 64; found '65'",
                "crowd 3                  | expected the first part of their names",
                "mend alice               | nothing is wrong with the line of alice",
                "cut carol                | carol is not in the chat",
                "slow alice soon          | expected a delay of 1ms to 2s; found 'soon'",
                "slow alice 9s            | expected a delay of 1ms to 2s; found '9s'",
                "start the service        | the service runs",
                "stop a service           | expected 'the'; found 'a'",
                "node 4 is killed         | expected a node, 1 to 3; found '4'",
                "node two is killed       | expected a node, 1 to 3; found 'two'",
                "node 2 dies              | expected node N is killed, node N starts, node N is cut off or node N is back; found 'dies'",
                "node 2 is                | or node N is back; found the end of the line",
                "node 2 is cut away       | expected 'off'; found 'away'",
                "node 2 is killed twice   | expected the end of the line; found 'twice'",
                "node 2 starts            | node 2 runs",
                "node 2 is back           | node 2 is not cut off",
                "the last broker is killed| expected 'leading'; found 'last'",
                "crowd 2 node             | 'node-1' cannot be a name here",
                "node joins               | expected a node, 1 to 3; found 'joins'",
            })
    void lineThatCannotBeUnderstoodIsRefusedWithItsPlace(String line, String problem) {
        assertRefused("alice joins\nbob joins\n" + line, "my.txt:3: ", problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cut alice; cut alice             | the line of alice is cut: mend it first",
                "cut alice; alice leaves          | the line of alice is cut: mend it first",
                "cut alice; bob crashes           | no connected participant is left to notice that bob crashes",
                "bob crashes; bob joins           | bob has crashed, and its clock with it",
                "stop the service; carol joins    | the service is stopped, so only messages are possible",
                "stop the service; alice leaves   | the service is stopped, so only messages are possible",
                "stop the service; stop the service | the service is stopped, so only messages are possible",
                "alice leaves; mend alice         | alice is not in the chat",
                "node 2 is killed; node 2 is killed | node 2 is dead: start it first",
                "node 2 is killed; node 2 is cut off | node 2 is dead: start it first",
                "node 2 is cut off; node 2 is killed | node 2 is cut off: it must be back first",
                "the leading broker is killed; the leading broker is killed | one broker is dead already",
                "node 2 is killed; stop the service | the service of this scenario has nodes: kill one of them",
                "restart the service; node 2 is killed | the service of this scenario is one process",
                "everybody leaves; everybody leaves | no participant is in the chat",
            })
    void stepThatMakesNoSenseAfterAnotherIsRefused(String lines, String problem) {
        assertRefused("alice joins\nbob joins\n" + lines.replace("; ", "\n"), "my.txt:4: ", problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alice joins; bob joins; alice says \"a\"; cut alice | my.txt:4: the line of alice is cut at the end: mend it",
                "alice joins; bob joins; alice says \"a\"; stop the service | my.txt:4: the service is stopped at the end",
                "alice joins; bob joins; alice says \"a\"; node 1 is cut off | my.txt:4: a node is cut off at the end",
                "alice joins; node 1 is killed; node 2 is cut off; node 3 is killed | my.txt:4: no node is left that serves anybody",
                "alice joins; alice says \"a\"      | my.txt:2: two participants must be in the chat",
                "alice joins; bob joins             | my.txt:2: at least one message is needed",
            })
    void scenarioThatDoesNotEndWellOrShowsNothingIsRefused(String lines, String problem) {
        assertRefused(lines.replace("; ", "\n"), problem);
    }

    private static void assertRefused(String text, String... problems) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(ScenarioException.class)
                .message()
                .contains(problems);
    }

    private static Scenario parse(String text) {
        return ScenarioParser.parse("my.txt", text);
    }

    private static ScenarioStep say(Saying... sayings) {
        return new ScenarioStep.Say(List.of(sayings));
    }
}
