package io.chittychat.trace.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How lines of other programs' logs become records: regular expressions with named groups, of which the first that is found in a
 * line counts. Lines without any are no part of the log. Immutable.
 */
public final class LineFormat {

    /** Lines are records as they are. */
    public static final LineFormat NONE = new LineFormat(List.of());

    /** The names of groups that are used. */
    static final Set<String> GROUPS = Set.of(
            "time", "participant", "kind", "event", "lamport", "clock", "from", "sent", "text", "sequence", "outcome");

    private static final Pattern GROUP = Pattern.compile("\\(\\?<([A-Za-z][A-Za-z0-9]*)>");
    private static final int LONGEST_EXPRESSION = 2_000;
    private static final int LONGEST_LINE = 4_096;

    private final List<Pattern> patterns;

    private LineFormat(List<Pattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /**
     * Reads regular expressions.
     *
     * @throws IllegalArgumentException if one cannot be used, with a sentence for the user
     */
    public static LineFormat of(List<String> expressions) {
        List<Pattern> patterns = new ArrayList<>();
        for (String expression : expressions) {
            if (expression.length() > LONGEST_EXPRESSION) {
                throw new IllegalArgumentException("a format has at most %,d characters".formatted(LONGEST_EXPRESSION));
            }
            requireKnownGroups(expression);
            try {
                patterns.add(Pattern.compile(expression));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "this format is no regular expression (%s): %s".formatted(e.getDescription(), expression), e);
            }
        }
        return new LineFormat(patterns);
    }

    private static void requireKnownGroups(String expression) {
        Matcher groups = GROUP.matcher(expression);
        boolean any = false;
        while (groups.find()) {
            any = true;
            if (!GROUPS.contains(groups.group(1))) {
                throw new IllegalArgumentException("a format has no group '%s'; its groups are %s"
                        .formatted(
                                groups.group(1),
                                String.join(", ", GROUPS.stream().sorted().toList())));
            }
        }
        if (!any) {
            throw new IllegalArgumentException("a format needs named groups, such as (?<lamport>\\d+)");
        }
    }

    boolean isNone() {
        return patterns.isEmpty();
    }

    /**
     * The first expression that is found in a line.
     *
     * @throws IllegalArgumentException if that takes too many steps
     */
    Optional<Matcher> find(String line) {
        if (line.length() > LONGEST_LINE) {
            return Optional.empty();
        }
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(new CountedText(line));
            try {
                if (matcher.find()) {
                    return Optional.of(matcher);
                }
            } catch (CountedText.TooManySteps | StackOverflowError e) {
                throw new IllegalArgumentException(
                        "this format takes too long for a line, because it can match in too many ways: " + pattern, e);
            }
        }
        return Optional.empty();
    }
}
