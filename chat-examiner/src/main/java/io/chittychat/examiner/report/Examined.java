package io.chittychat.examiner.report;

import io.chittychat.examiner.finding.Verdict;
import io.chittychat.examiner.finding.Verdict.Result;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The result of an examination.
 *
 * @param address of the service
 * @param service its full name
 */
public record Examined(String address, String service, List<Verdict> verdicts) {

    public Examined {
        verdicts = List.copyOf(verdicts);
    }

    /** The exit code: 0 all that can be seen holds; 1 a requirement fails; 2 something is not known. */
    public int exitCode() {
        if (!labels(Result.FAILS).isEmpty()) {
            return 1;
        }
        return labels(Result.UNKNOWN).isEmpty() ? 0 : 2;
    }

    /** The result in a sentence. */
    public String conclusion() {
        String failed = labels(Result.FAILS);
        String unknown = labels(Result.UNKNOWN);
        String rest = unknown.isEmpty() ? "" : " Not known: " + unknown + ".";
        if (!failed.isEmpty()) {
            return "FAILS: " + failed + "." + rest;
        }
        return unknown.isEmpty()
                ? "All that can be seen from outside holds. R4 is about your client: \"chitty trace\" checks its log."
                : "Nothing that was seen fails." + rest;
    }

    private String labels(Result result) {
        return verdicts.stream()
                .filter(verdict -> verdict.result() == result)
                .map(verdict -> verdict.requirement().label())
                .collect(Collectors.joining(", "));
    }
}
