package io.chittychat.server.observe;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds names of metrics in expressions of PromQL and in scrapes. */
final class MetricNames {

    /** Metrics that Prometheus itself adds to each scrape. */
    private static final Set<String> PROMETHEUS = Set.of("up");

    private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool", "inf", "nan", "atan2");

    private static final Pattern TEXT = Pattern.compile("\"(\\\\.|[^\"\\\\])*\"|'(\\\\.|[^'\\\\])*'");
    private static final Pattern MATCHERS = Pattern.compile("\\{[^}]*}");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern LABELS =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*(\\([^)]*\\))?");
    private static final Pattern NUMBER = Pattern.compile("\\b[0-9][0-9a-zA-Z_.]*");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\s*\\()(?![a-zA-Z0-9_:])");

    private MetricNames() {}

    /** The metrics in an expression: all identifiers except functions, keywords and labels. */
    static Set<String> in(String expression) {
        String rest = expression;
        for (Pattern noise : new Pattern[] {TEXT, MATCHERS, RANGE, LABELS, NUMBER}) {
            rest = noise.matcher(rest).replaceAll(" ");
        }
        return NAME.matcher(rest)
                .results()
                .map(MatchResult::group)
                .filter(name -> !WORDS.contains(name) && !PROMETHEUS.contains(name))
                .collect(Collectors.toSet());
    }

    /** The metrics in a scrape. */
    static Set<String> scraped(String scrape) {
        return scrape.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }
}
