package io.chittychat.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.impl.DefaultParser;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class ChatCompleterTest {

    private final Roster roster = new Roster();
    private final ChatCompleter completer = new ChatCompleter(roster);

    @Test
    void firstWordIsACommandOrANameThatTheMessageBeginsWith() {
        roster.reset(List.of("bob"));

        assertThat(complete("")).contains("join", "say", "quit", "bob:").doesNotContain("exit", "bob");
        assertThat(complete("/")).contains("/join", "/say", "/quit").doesNotContain("/bob:", "bob:");
    }

    @Test
    void argumentIsOfTheCommandsForm() {
        roster.reset(List.of("bob"));

        assertThat(complete("say ")).containsExactly("bob");
        assertThat(complete("/search ")).containsExactly("bob");
        assertThat(complete("Good morning ")).containsExactly("bob");
        assertThat(complete("join ")).isEmpty();
        assertThat(complete("who ")).isEmpty();
        assertThat(complete("help ")).contains("join", "quit").doesNotContain("bob");
        assertThat(complete("history ")).containsExactly("--after");
        assertThat(complete("history --after 7 ")).isEmpty();
    }

    private List<String> complete(String line) {
        List<Candidate> found = new ArrayList<>();
        completer.complete(Mockito.mock(LineReader.class), new DefaultParser().parse(line, line.length()), found);
        return found.stream().map(Candidate::value).toList();
    }
}
