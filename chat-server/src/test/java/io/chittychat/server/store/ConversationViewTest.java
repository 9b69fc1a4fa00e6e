package io.chittychat.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.text.SafeText;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The view conversation shows control characters as escapes, for an operator who reads it with SQLite's own program. */
class ConversationViewTest {

    @TempDir
    private Path directory;

    @Test
    void textIsShownAsTheClientShowsIt() throws Exception {
        List<String> said = new ArrayList<>(List.of(
                "plain \"quoted\" \\ back\\slash \\n \\u001b \\b \\\"",
                "\u001b]0;owned\u0007\u001b[2J\b\f\r\n\t",
                "before\0after",
                "\u0001\\\u0001",
                "\u202eevil\u2066 \u2028 \u2029 \u009b31m \u0085 \u007f",
                "é 世界 \uD83D\uDC4B \u200e"));
        IntStream.range(0, 0x100).mapToObj(Character::toString).forEach(said::add);
        IntStream.range(0x2000, 0x2070).mapToObj(Character::toString).forEach(said::add);
        Path file = directory.resolve("chitty.db");
        try (EventStore store = EventStore.open(file, Durability.OS)) {
            RecordedRoom room = new RecordedRoom(store);
            room.one(Commands.join("alice", 1));
            said.forEach(text -> room.one(Commands.publish(1, text, 0)));
        }

        List<String> shown = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT text FROM conversation WHERE type = 'published' AND participant = 'alice'")) {
            while (row.next()) {
                shown.add(row.getString(1));
            }
        }
        assertThat(shown)
                .containsExactlyElementsOf(said.stream().map(SafeText::of).toList());
    }

    /** SQLite before 3.45, as in Debian 12, reads no table of a file whose schema has deeper expressions than its parser's stack. */
    @Test
    void expressionsAreShallowEnoughForOlderPrograms() throws Exception {
        Path file = Stores.copyOfNew(directory.resolve("chitty.db"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")) {
            while (row.next()) {
                assertThat(depth(row.getString(2))).as(row.getString(1)).isLessThan(20);
            }
        }
    }

    private static int depth(String sql) {
        int depth = 0;
        int deepest = 0;
        for (char c : sql.toCharArray()) {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }
}
