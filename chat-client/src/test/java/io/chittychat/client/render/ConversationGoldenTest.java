package io.chittychat.client.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.chittychat.client.render.Standing.Link;
import io.chittychat.client.render.Standing.Waiting;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A conversation at a terminal, with its escape sequences; ␛ stands for ESC. */
class ConversationGoldenTest {

    private static final long AT = Instant.parse("2026-11-21T10:50:39Z").getEpochSecond();
    private static final int XTERM_COLORS = 256;

    private static final List<Event> CONVERSATION = List.of(
            event(1, EventType.EVENT_TYPE_JOINED, "alice", "Participant alice joined Chitty-Chat at Lamport time 1"),
            event(12, EventType.EVENT_TYPE_PUBLISHED, "bob", "Is anybody here?"),
            event(123, EventType.EVENT_TYPE_PUBLISHED, "alice", "Yes. Grüße, 你好, Γειά σου! 👋"),
            event(1234, EventType.EVENT_TYPE_PUBLISHED, "bob", "Good to see you, Alice."),
            event(
                    12345,
                    EventType.EVENT_TYPE_PUBLISHED,
                    "a very long name of 32 characters",
                    "A message that is as long as a message may be goes over several lines, and each of them begins where"
                            + " the text of the first one does."),
            event(123456, EventType.EVENT_TYPE_PUBLISHED, "王小明", "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字"),
            event(
                    1234567,
                    EventType.EVENT_TYPE_PUBLISHED,
                    "mallory",
                    "\u001b[2J\u009b31m\r\nbob: hi\u202e \u001b]0;t\u0007"),
            event(1234568, EventType.EVENT_TYPE_PUBLISHED, "zalgo", "\u0301a" + "\u0301".repeat(100) + "b"),
            event(
                    1234569,
                    EventType.EVENT_TYPE_LEFT,
                    "bob",
                    "Participant bob left Chitty-Chat at Lamport time 1234569"));

    @ParameterizedTest
    @ValueSource(ints = {100, 60, 40})
    void conversationInColors(int width) throws IOException {
        Golden.assertSame("conversation-" + width, conversation(look(width, true)));
    }

    @Test
    void conversationWithoutColors() throws IOException {
        String plain = conversation(look(100, false));

        Golden.assertSame("conversation-no-color", plain);
        assertThat(plain).doesNotContain("[38;").doesNotContain("[3").doesNotContain("[9");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        for (int width = 50; width <= 120; width++) {
            TerminalLook look = look(width, true);
            for (Event event : CONVERSATION) {
                for (AttributedString line : ConversationLine.of(event, look).columnSplitLength(Integer.MAX_VALUE)) {
                    assertThat(line.columnLength()).isLessThanOrEqualTo(width);
                }
            }
        }
    }

    @Test
    void hostileTextMovesNothing() {
        for (Event event : CONVERSATION) {
            String shown = ConversationLine.of(event, look(100, true)).toString();
            assertThat(shown.chars().filter(c -> c != '\n').noneMatch(Character::isISOControl))
                    .isTrue();
            assertThat(shown).doesNotContain("\u202e");
        }
    }

    @Test
    void prompts() throws IOException {
        TerminalLook look = look(60, true);
        Standing outside = new Standing("localhost:9090", Optional.empty(), Link.OUTSIDE, 0, List.of());
        Standing live = new Standing("localhost:9090", Optional.of("alice"), Link.LIVE, 42, List.of());
        Standing lost = new Standing(
                "localhost:9090",
                Optional.of("alice"),
                Link.LOST,
                42,
                List.of(
                        new Waiting("ordered", Optional.of(41L)),
                        new Waiting(
                                "typed while away \u001b[2J and long enough that it has to be cut", Optional.empty()),
                        new Waiting("3", Optional.empty()),
                        new Waiting("4", Optional.empty()),
                        new Waiting("5", Optional.empty())));
        String prompts = Stream.of(
                        PromptView.of(outside, 0, look),
                        PromptView.of(live, 99, look),
                        PromptView.of(live, 100, look),
                        PromptView.of(live, 128, look),
                        PromptView.of(live, 129, look),
                        PromptView.of(lost, 0, look),
                        PromptView.of(lost, 130, look(30, false)))
                .map(ConversationGoldenTest::visible)
                .collect(Collectors.joining("\n"));

        Golden.assertSame("prompts", prompts + "\n");
    }

    private static String conversation(TerminalLook look) {
        return CONVERSATION.stream()
                .map(event -> visible(ConversationLine.of(event, look)))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String visible(AttributedString line) {
        return line.toAnsi(XTERM_COLORS, AttributedString.ForceMode.None).replace('\u001b', '␛');
    }

    private static TerminalLook look(int width, boolean color) {
        return new TerminalLook(width, color, ZoneOffset.UTC, Optional.of("alice"));
    }

    private static Event event(long time, EventType type, String participant, String text) {
        return Event.newBuilder()
                .setLamportTime(time)
                .setType(type)
                .setParticipant(participant)
                .setText(text)
                .setRecordedAt(Timestamp.newBuilder().setSeconds(AT + time % 60))
                .build();
    }
}
