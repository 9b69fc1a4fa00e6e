package io.chittychat.client.shell;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The commands: how each is called, how it reads the rest of its line, and what help says about it. The methods of
 * {@link ChatCommands} execute them, except those that the prompt does itself.
 */
public enum ChatCommand {
    JOIN(Name.JOIN, Form.NAME, "join NAME", "enter the chat; NAME may have spaces", """
            join NAME
              Enters the chat. NAME has 1 to 32 characters, also spaces between them, and
              no other participant may have it.
              Without NAME, join takes chitty.client.name from the environment
              (CHITTY_CLIENT_NAME) or a configuration file.
              Example: join alice
            """),
    SAY(Name.SAY, Form.TEXT, "say TEXT", "publish TEXT as it is, even if it begins like a command", """
            say TEXT, or just TEXT
              Publishes TEXT to all participants as it is: 1 to 128 characters (code
              points), quotes and spaces included.
              It stands below the conversation until it has its Lamport time; without a
              connection it waits for one.
              Example: say who is a command, and this is a message
            """),
    WHO(Name.WHO, Form.NOTHING, "who", "list the participants", """
            who
              Lists the participants in the order in which they joined.
            """),
    HISTORY(Name.HISTORY, Form.RANGE, "history [N]", "show the last N events; --after L: the N after time L", """
            history [N] [--after L]
              Shows the last N events of the log; with --after, the first N events after
              Lamport time L. N is 20 by default.
              Examples: history, history 100, history 50 --after 1200
            """),
    SEARCH(Name.SEARCH, Form.TEXT, "search WORDS", "find messages that have all of these words", """
            search WORDS
              Shows messages that have all of WORDS, in any order; the last one may be the
              beginning of a word.
              Case and accents do not matter. Example: search lamport clo
            """),
    CLOCK(Name.CLOCK, Form.NOTHING, "clock", "show your own Lamport time, and what moved it there", """
            clock
              Shows your own Lamport time and the last two steps that moved it: one for
              each request that you send, and to max(yours, theirs) + 1 for each message
              that you receive.
              If the service has several addresses, it shows the one you are connected to.
            """),
    LEAVE(Name.LEAVE, Form.NOTHING, "leave", "leave the chat; you may join again", """
            leave
              Leaves the chat after publishing what you said before. You may join again.
            """),
    HELP(Name.HELP, Form.TOPIC, "help [COMMAND]", "show this, or more about a command", """
            help [COMMAND]
              Lists the commands, or explains one of them.
            """),
    QUIT(Name.QUIT, Form.NOTHING, "quit", "leave and end, as exit and Ctrl-D do", """
            quit, or exit, or Ctrl-D
              Leaves the chat and ends the client.
            """);

    /** The names as constants, for annotations. */
    static final class Name {
        static final String JOIN = "join";
        static final String SAY = "say";
        static final String WHO = "who";
        static final String HISTORY = "history";
        static final String SEARCH = "search";
        static final String CLOCK = "clock";
        static final String LEAVE = "leave";
        static final String HELP = "help";
        static final String QUIT = "quit";
        static final String EXIT = "exit";

        /** The option of {@link #HISTORY}. */
        static final String AFTER = "after";

        private Name() {}
    }

    /** How a command reads the rest of its line. */
    enum Form {
        /** Nothing may follow. */
        NOTHING(false, String::isBlank),
        /** The rest is a name, verbatim. */
        NAME(true, rest -> true),
        /** The rest is text, verbatim. */
        TEXT(true, rest -> true),
        /** A command may follow. */
        TOPIC(false, rest -> rest.isBlank() || named(rest.strip()).isPresent()),
        /** A number and a Lamport time may follow. */
        RANGE(
                false,
                Pattern.compile("\\s*(\\d+|--after[ =]\\d+|--help)?(\\s+(\\d+|--after[ =]\\d+))?\\s*")
                        .asMatchPredicate());

        private final boolean verbatim;
        private final Predicate<String> fits;

        Form(boolean verbatim, Predicate<String> fits) {
            this.verbatim = verbatim;
            this.fits = fits;
        }

        /** Whether quotes, backslashes, several spaces and hyphens are text like any other. */
        boolean isVerbatim() {
            return verbatim;
        }

        /** Whether a rest makes sense for the command. */
        boolean fits(String rest) {
            return fits.test(rest);
        }
    }

    private static final int SUMMARY_COLUMN = 17;

    private final String word;
    private final Form form;
    private final String usage;
    private final String summary;
    private final String topic;

    ChatCommand(String word, Form form, String usage, String summary, String topic) {
        this.word = word;
        this.form = form;
        this.usage = usage;
        this.summary = summary;
        this.topic = topic;
    }

    /** The command that a word names. */
    static Optional<ChatCommand> named(String word) {
        for (ChatCommand command : values()) {
            if (command.word.equals(word)) {
                return Optional.of(command);
            }
        }
        return word.equals(Name.EXIT) ? Optional.of(QUIT) : Optional.empty();
    }

    /** The word that calls the command. */
    String word() {
        return word;
    }

    Form form() {
        return form;
    }

    /** The command with its arguments, such as {@code join NAME}. */
    String usage() {
        return usage;
    }

    /** Appends usage and summary, as a line of help. */
    public void appendTo(StringBuilder help) {
        help.append("  ").append(usage);
        for (int column = usage.length(); column < SUMMARY_COLUMN; column++) {
            help.append(' ');
        }
        help.append(summary).append('\n');
    }

    /** Its effect in a few words. */
    String summary() {
        return summary;
    }

    /** The lines that help shows about it. */
    List<String> topic() {
        return topic.lines().toList();
    }

    /** Whether the prompt does it itself. */
    boolean isForPrompt() {
        return this == QUIT;
    }
}
