package io.chittychat.trace;

import io.chittychat.trace.diagram.Format;
import io.chittychat.trace.spacetime.Window;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a trace is asked for.
 *
 * @param logs files and directories
 * @param window what of it is to be drawn
 * @param drawings where each kind of drawing is to be written
 * @param epoch the life of the service that is traced, or the beginning of its epoch; empty for the newest
 * @param all whether all lives are traced, and all violations listed
 * @param help whether only to say how it is used
 */
record TraceOptions(
        List<Path> logs, Window window, Map<Format, Path> drawings, Optional<String> epoch, boolean all, boolean help) {

    static final String USAGE = """
            usage: chitty trace LOGS... [OPTIONS]

            Reads the logs of participants, and that of the service if it is among them, side by side in the order of
            Lamport time: who sent what to whom, and whether it was as it must be. Nothing else is needed, and nothing
            runs. LOGS are files or directories; parts that were put aside (F.1, F.2) are read with their log. The logs
            of some participants do; what only the others know is not checked then.

              chitty trace logs                               all logs of a directory
              chitty trace logs server.log --svg chat.svg     with the service's standard output; and drawn

            Drawn as a space-time diagram, one line for each process, time going down:
              --svg FILE           as a picture
              --html FILE          as a page
              --plantuml FILE      as a sequence diagram, the text of it
              --json FILE          as data
              --from L, --to L     only this Lamport time and later, only this and earlier
              --participants A,B   only these
            If there is more than fits, the first part is drawn and it is said which.

            Logs are of several lives of the service if a backup was put in place meanwhile. Each is a conversation with Lamport
            times of its own; the newest is traced, and it is said which there are:
              --epoch ID           this one, named by its epoch or the beginning of it

              --all                trace every life, and list every violation, not only the first 100 (drawn is the newest)
              --help               print this

            Exit code 0 if all holds, 1 if something does not, 2 if the arguments cannot be understood or the files are no
            logs of one conversation.
            """;

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException if they cannot be understood, with a sentence for people
     */
    static TraceOptions parse(List<String> arguments) {
        Parser parser = new Parser(arguments);
        parser.parse();
        return parser.options();
    }

    private static final class Parser {

        private final Deque<String> rest;
        private final List<Path> logs = new ArrayList<>();
        private final Map<Format, Path> drawings = new EnumMap<>(Format.class);
        private final Set<String> participants = new LinkedHashSet<>();
        private OptionalLong from = OptionalLong.empty();
        private OptionalLong to = OptionalLong.empty();
        private Optional<String> epoch = Optional.empty();
        private boolean all;
        private boolean help;

        Parser(List<String> arguments) {
            this.rest = new ArrayDeque<>(arguments);
        }

        void parse() {
            while (!rest.isEmpty()) {
                String argument = rest.removeFirst();
                int equals = argument.indexOf('=');
                if (argument.startsWith("--") && equals > 0) {
                    option(argument.substring(0, equals), argument.substring(equals + 1));
                } else if (argument.startsWith("-") && argument.length() > 1) {
                    option(argument, null);
                } else {
                    logs.add(Path.of(argument));
                }
            }
        }

        private void option(String option, @Nullable String given) {
            switch (option) {
                case "--help", "-h" -> help = true;
                case "--all" -> all = true;
                case "--epoch" -> epoch = Optional.of(value(option, given));
                case "--from" -> from = OptionalLong.of(time(option, value(option, given)));
                case "--to" -> to = OptionalLong.of(time(option, value(option, given)));
                case "--participants" ->
                    participants.addAll(List.of(value(option, given).split(",")));
                case "--svg" -> drawings.put(Format.SVG, Path.of(value(option, given)));
                case "--html" -> drawings.put(Format.HTML, Path.of(value(option, given)));
                case "--plantuml" -> drawings.put(Format.PLANTUML, Path.of(value(option, given)));
                case "--json" -> drawings.put(Format.JSON, Path.of(value(option, given)));
                default -> throw new IllegalArgumentException("unknown option: " + option);
            }
        }

        private String value(String option, @Nullable String given) {
            String value = given == null ? rest.pollFirst() : given;
            return Optional.ofNullable(value)
                    .filter(text -> !text.isEmpty())
                    .orElseThrow(() -> new IllegalArgumentException(option + " needs a value"));
        }

        private static long time(String option, String text) {
            try {
                long time = Long.parseLong(text);
                if (time >= 0) {
                    return time;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new IllegalArgumentException(option + " needs a Lamport time, and '" + text + "' is none");
        }

        TraceOptions options() {
            Window window = new Window(from, to, participants);
            if (!help && logs.isEmpty()) {
                throw new IllegalArgumentException("which logs?");
            }
            if (from.isPresent() && to.isPresent() && from.getAsLong() > to.getAsLong()) {
                throw new IllegalArgumentException("--from is later than --to");
            }
            if (!help && drawings.isEmpty() && !window.isWhole()) {
                throw new IllegalArgumentException(
                        "--from, --to and --participants are for a drawing: add --svg, --html, --plantuml or --json");
            }
            return new TraceOptions(logs, window, drawings, epoch, all, help);
        }
    }
}
