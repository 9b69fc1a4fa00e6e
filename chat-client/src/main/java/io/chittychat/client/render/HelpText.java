package io.chittychat.client.render;

import io.chittychat.text.MessageText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one can do here, and how. */
public final class HelpText {

    private static final List<String> GENERAL = List.of(
            "Once you are in the chat, what you type is a message, unless it is one of these commands.",
            "",
            "  join NAME        enter the chat; NAME may have spaces",
            "  say TEXT         say TEXT as it is, also if it begins like a command",
            "  who              who is here",
            "  history [N]      the last N events (20); history N --after L: the N after Lamport time L",
            "  search WORDS     messages that have all of these words",
            "  clock            your own Lamport time, and why it is what it is",
            "  leave            leave the chat; you may join again",
            "  help [COMMAND]   this, or more about a command",
            "  quit             leave and end (as Ctrl-D does)",
            "",
            "  /who             a slash before a command makes sure that it is one; // begins a message with a slash",
            "  Tab              completes commands, options and names",
            "  Up, Ctrl-R       what you typed before; Ctrl-C drops the line",
            "",
            "L7 beside an event is its Lamport time: its place in the one order that everybody sees.");

    private static final Map<String, List<String>> TOPICS = topics();

    private HelpText() {}

    /** The lines; of a command if there is such a one, otherwise of everything. */
    public static List<String> of(String command) {
        return TOPICS.getOrDefault(command, GENERAL);
    }

    private static Map<String, List<String>> topics() {
        Map<String, List<String>> topics = new LinkedHashMap<>();
        topics.put(
                "join",
                List.of(
                        "join NAME",
                        "  Enters the chat. Nobody else who is there may have the name; 1 to 32 characters, spaces between"
                                + " them are fine.",
                        "  Without NAME it takes chitty.client.name, from the environment (CHITTY_CLIENT_NAME) or a"
                                + " configuration file.",
                        "  Example: join alice"));
        topics.put(
                "say",
                List.of(
                        "say TEXT, or just TEXT",
                        "  Says TEXT to everybody, as it is: 1 to " + MessageText.MAX_CODE_POINTS
                                + " characters (code points), quotes and spaces included.",
                        "  It stands below the conversation until it has its Lamport time; without a connection it waits"
                                + " for one.",
                        "  Example: say who is a command, and this is a message"));
        topics.put(
                "leave", List.of("leave", "  Leaves the chat, after what you have said before. You may join again."));
        topics.put("who", List.of("who", "  Lists who is here, in the order in which they joined."));
        topics.put(
                "history",
                List.of(
                        "history [N] [--after L]",
                        "  Shows the last N events of the log, 20 if you do not say; with --after the first N after Lamport"
                                + " time L.",
                        "  Examples: history, history 100, history 50 --after 1200"));
        topics.put(
                "search",
                List.of(
                        "search WORDS",
                        "  Shows messages that have all of WORDS, in any order; the last one may be the beginning of a"
                                + " word.",
                        "  Case and accents do not matter. Example: search lamport clo"));
        topics.put(
                "clock",
                List.of(
                        "clock",
                        "  Shows your own Lamport time, and the two last steps that moved it: one for each request that you"
                                + " send,",
                        "  and to max(yours, theirs) + 1 with everything that you receive."));
        topics.put(
                "help",
                List.of("help [COMMAND]", "  Shows everything that one can do here, or more about one command."));
        topics.put("quit", List.of("quit, or exit, or Ctrl-D", "  Leaves the chat and ends."));
        topics.put("exit", topics.getOrDefault("quit", List.of()));
        return topics;
    }
}
