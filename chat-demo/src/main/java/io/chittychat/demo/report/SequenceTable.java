package io.chittychat.demo.report;

import java.util.List;
import java.util.stream.Collectors;

/** A table of steps with the computation of their times. */
final class SequenceTable {

    private final Adoc adoc;

    SequenceTable(Adoc adoc) {
        this.adoc = adoc;
    }

    String of(List<Sequence.ComputedStep> steps) {
        return steps.stream()
                .map(step -> "|%d |%s |%s |%s |[.place]#%s#%n"
                        .formatted(
                                step.time(),
                                adoc.text(step.who()),
                                adoc.text(step.what()),
                                adoc.text(step.computation()),
                                adoc.text(step.place())))
                .collect(Collectors.joining(
                        "",
                        "[cols=\">4,5,24,11,13\",options=header]\n|===\n|Time |Process |What happens |Its time |Where\n\n",
                        "|===\n"));
    }
}
