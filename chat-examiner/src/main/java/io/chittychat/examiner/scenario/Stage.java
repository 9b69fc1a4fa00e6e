package io.chittychat.examiner.scenario;

import io.chittychat.examiner.finding.Findings;
import io.chittychat.examiner.finding.Requirement;
import io.chittychat.examiner.mapping.Mapping;
import io.chittychat.examiner.participant.Participant;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Who is present, and what all scenarios need. One thread changes who is present. */
final class Stage implements AutoCloseable {

    private static final Pattern MARK = Pattern.compile("[0-9a-z]{4}-[0-9]+ ");

    private final Mapping mapping;
    private final Findings findings;
    private final Limits limits;
    private final String run;
    private final Causality causality;
    private final List<Participant> present = new ArrayList<>();
    private final List<Participant> everybody = new ArrayList<>();
    private final AtomicInteger messages = new AtomicInteger();

    /** @param run four letters or digits that no other examination has: names and messages have them */
    Stage(Mapping mapping, Findings findings, Limits limits, String run) {
        this.mapping = mapping;
        this.findings = findings;
        this.limits = limits;
        this.run = run;
        this.causality = new Causality(findings);
    }

    Mapping mapping() {
        return mapping;
    }

    Findings findings() {
        return findings;
    }

    Limits limits() {
        return limits;
    }

    Causality causality() {
        return causality;
    }

    /** The letters in all names and messages of this examination. */
    String run() {
        return run;
    }

    /** A new participant, who has not joined. */
    Participant create(String role, ManagedChannel channel) {
        Participant participant = new Participant(role + "-" + run, mapping, channel, limits.answer());
        everybody.add(participant);
        return participant;
    }

    void enters(Participant participant) {
        present.add(participant);
    }

    void exits(Participant participant) {
        present.remove(participant);
    }

    List<Participant> present() {
        return List.copyOf(present);
    }

    /** All who were ever present. */
    List<Participant> everybody() {
        return List.copyOf(everybody);
    }

    /** A text that no other message has, with a mark at its beginning by which it is known. */
    String text(String words) {
        return mark() + words;
    }

    /** A text of so many code points, all but the mark of one letter. */
    String text(int length, String letter) {
        String mark = mark();
        return mark + letter.repeat(length - mark.length());
    }

    private String mark() {
        return run + "-" + messages.incrementAndGet() + " ";
    }

    /** The mark of a text. */
    static String markOf(String text) {
        return text.substring(0, text.indexOf(' ') + 1);
    }

    /** The marks in a text, of this examination or of another one. */
    static List<String> marksIn(String text) {
        return MARK.matcher(text).results().map(MatchResult::group).toList();
    }

    /** From where on each of those who are present has to hear what happens next. */
    Map<Participant, Integer> places() {
        Map<Participant, Integer> places = new LinkedHashMap<>();
        present.forEach(one -> places.put(one, one.hearing().size()));
        return places;
    }

    /** How long copies are waited for: briefly, if it is known that not all come. */
    Duration patience(Requirement requirement) {
        return findings.fails(requirement) ? limits.brief() : limits.answer();
    }

    @Override
    public void close() {
        everybody.forEach(Participant::close);
    }
}
