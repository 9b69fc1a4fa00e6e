package io.chittychat.demo.scenario;

import io.chittychat.text.MessageText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads scenarios, with one step in a line. */
public final class ScenarioParser {

    /** The format of scenarios, for the user. */
    public static final String FORMAT = """
              title A sentence               the title, in the first line
              scene A sentence               a new part begins
              alice joins                    alice says "Hello!"
              alice leaves                   alice crashes
              together alice says "Hello!" and bob says "Hi!"   at the same time
              crowd 12 guest                 guest-1 to guest-12 join
              everybody says "Hello!"        everybody leaves
              cut alice                      cut her line to the service; messages wait
              slow alice 200ms               delay everything on her line
              unreliable alice               break her line again and again, at random
              mend alice                     mend her line
              stop the service               start the service
              restart the service
              # with these the service has three nodes, and three brokers of Kafka:
              node 2 is killed               node 2 starts
              node 3 is cut off              node 3 is back
              the leading broker is killed
              # a comment
            """;

    private static final String EXPECTED = "expected NAME joins, says \"...\", leaves or crashes, or a line that begins"
            + " with title, scene, together, everybody, crowd, cut, slow, unreliable, mend, stop, start, restart, node or the";
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,5})(ms|s)");
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);
    private static final int LARGEST_CROWD = 64;

    private final ScenarioState state = new ScenarioState();
    private final List<ScenarioStep> steps = new ArrayList<>();
    private String title;
    private boolean titled;

    private ScenarioParser(String title) {
        this.title = title;
    }

    /**
     * Reads a scenario. All remaining participants leave at its end.
     *
     * @param file its name, for the places of errors, and as the title if it has none
     * @throws ScenarioException if a line cannot be understood, or if its step is impossible
     */
    public static Scenario parse(String file, String text) {
        ScenarioParser parser = new ScenarioParser(file);
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            try {
                parser.line(lines.get(i).strip());
            } catch (IllegalArgumentException e) {
                throw ScenarioException.at(file, i + 1, String.valueOf(e.getMessage()));
            }
        }
        try {
            return parser.end();
        } catch (IllegalArgumentException e) {
            throw ScenarioException.at(file, lines.size(), String.valueOf(e.getMessage()));
        }
    }

    private Scenario end() {
        state.requireThatItMayEnd();
        if (!state.names().isEmpty()) {
            steps.add(new ScenarioStep.Scene("All remaining participants leave."));
            steps.add(new ScenarioStep.Leave(state.names()));
        }
        return new Scenario(title, steps);
    }

    private void line(String line) {
        String first = line.split("\\s", 2)[0];
        switch (first) {
            case "title" -> title(sentence(line));
            case "scene" -> steps.add(new ScenarioStep.Scene(sentence(line)));
            default -> {
                List<Token> tokens = Token.of(line);
                if (!tokens.isEmpty()) {
                    step(new TokenReader(tokens));
                }
            }
        }
    }

    private void title(String sentence) {
        if (titled || !steps.isEmpty()) {
            throw new IllegalArgumentException("the title must be the first line, and there is only one");
        }
        title = sentence;
        titled = true;
    }

    private static String sentence(String line) {
        String[] parts = line.split("\\s+", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException("expected a sentence after '" + line + "'");
        }
        return parts[1];
    }

    private void step(TokenReader tokens) {
        String first = tokens.word(EXPECTED);
        switch (first) {
            case "together" -> together(tokens);
            case "everybody" -> everybody(tokens);
            case "crowd" -> crowd(tokens);
            case "cut" -> steps.add(new ScenarioStep.Cut(state.cut(tokens.word("expected whose line is cut"))));
            case "mend" -> steps.add(new ScenarioStep.Mend(state.mend(tokens.word("expected whose line is mended"))));
            case "slow" -> slow(tokens);
            case "unreliable" ->
                steps.add(new ScenarioStep.Unreliable(state.spoil(tokens.word("expected whose line is unreliable"))));
            case "stop" -> service(tokens, () -> stop());
            case "start" -> service(tokens, () -> start());
            case "restart" ->
                service(tokens, () -> {
                    stop();
                    start();
                });
            case "node" -> steps.add(new NodeWords(state).node(tokens));
            case "the" -> steps.add(new NodeWords(state).leadingBroker(tokens));
            default -> participant(first, tokens);
        }
        tokens.requireEnd();
    }

    private void participant(String name, TokenReader tokens) {
        switch (tokens.word(EXPECTED)) {
            case "joins" -> steps.add(new ScenarioStep.Join(List.of(state.join(name))));
            case "says" -> steps.add(new ScenarioStep.Say(List.of(saying(name, tokens))));
            case "leaves" -> steps.add(new ScenarioStep.Leave(List.of(state.leave(name))));
            case "crashes" -> steps.add(new ScenarioStep.Crash(state.crash(name)));
            default -> throw tokens.unexpected(EXPECTED);
        }
    }

    private ScenarioStep.Saying saying(String name, TokenReader tokens) {
        String text = tokens.text("expected a text in quotes");
        MessageText.problem(text).ifPresent(problem -> {
            throw new IllegalArgumentException("the text " + problem.description());
        });
        if (!text.equals(text.strip()) || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the text begins or ends with a space, or has a control character");
        }
        return new ScenarioStep.Saying(state.say(name), text);
    }

    private void together(TokenReader tokens) {
        List<ScenarioStep.Saying> sayings = new ArrayList<>();
        do {
            String name = tokens.word("expected who speaks");
            tokens.require("says");
            sayings.add(saying(name, tokens));
        } while (tokens.skip("and"));
        long speakers =
                sayings.stream().map(ScenarioStep.Saying::name).distinct().count();
        if (speakers < 2 || speakers < sayings.size()) {
            throw new IllegalArgumentException("expected two or more participants that speak together, each once:"
                    + " together alice says \"...\" and bob says \"...\"");
        }
        steps.add(new ScenarioStep.Say(sayings));
    }

    private void everybody(TokenReader tokens) {
        List<String> names = state.names();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("no participant is in the chat");
        }
        String expected = "expected everybody says \"...\" or everybody leaves";
        switch (tokens.word(expected)) {
            case "says" -> {
                ScenarioStep.Saying first = saying(names.get(0), tokens);
                steps.add(new ScenarioStep.Say(names.stream()
                        .map(name -> new ScenarioStep.Saying(name, first.text()))
                        .toList()));
            }
            case "leaves" ->
                steps.add(
                        new ScenarioStep.Leave(names.stream().map(state::leave).toList()));
            default -> throw tokens.unexpected(expected);
        }
    }

    private void crowd(TokenReader tokens) {
        String count = tokens.word("expected a number, as in crowd 12 guest");
        if (!count.matches("[0-9]{1,3}") || Integer.parseInt(count) < 2 || Integer.parseInt(count) > LARGEST_CROWD) {
            throw tokens.unexpected("expected a number from 2 to " + LARGEST_CROWD);
        }
        String prefix = tokens.word("expected the first part of their names, as in crowd 12 guest");
        steps.add(new ScenarioStep.Join(IntStream.rangeClosed(1, Integer.parseInt(count))
                .mapToObj(number -> state.join(prefix + "-" + number))
                .toList()));
    }

    private void slow(TokenReader tokens) {
        String name = state.spoil(tokens.word("expected whose line is slow"));
        String expected = "expected a delay of 1ms to " + LONGEST_DELAY.toSeconds() + "s";
        Matcher delay = DURATION.matcher(tokens.word(expected));
        if (!delay.matches()) {
            throw tokens.unexpected(expected);
        }
        Duration unit = Map.of("ms", Duration.ofMillis(1), "s", Duration.ofSeconds(1))
                .getOrDefault(delay.group(2), Duration.ZERO);
        Duration duration = unit.multipliedBy(Long.parseLong(delay.group(1)));
        if (duration.isZero() || duration.compareTo(LONGEST_DELAY) > 0) {
            throw tokens.unexpected(expected);
        }
        steps.add(new ScenarioStep.Slow(name, duration));
    }

    private static void service(TokenReader tokens, Runnable step) {
        tokens.require("the");
        tokens.require("service");
        step.run();
    }

    private void stop() {
        state.stop();
        steps.add(new ScenarioStep.Stop());
    }

    private void start() {
        state.start();
        steps.add(new ScenarioStep.Start());
    }
}
