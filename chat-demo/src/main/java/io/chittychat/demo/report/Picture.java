package io.chittychat.demo.report;

import io.chittychat.trace.check.SideBySide;
import io.chittychat.trace.check.TraceException;
import io.chittychat.trace.diagram.SpaceTimeSvg;
import io.chittychat.trace.input.FoundLogs;
import io.chittychat.trace.input.LogEpochs;
import io.chittychat.trace.spacetime.SpaceTimeBuilder;
import io.chittychat.trace.spacetime.Selection;

/** Parts of a run as space-time diagrams. */
final class Picture {

    private final FoundLogs logs;

    /** @throws ReportFailedException if the logs cannot be read together */
    Picture(Run run) {
        try {
            this.logs = LogEpochs.of(FoundLogs.of(run.files())).newest();
        } catch (TraceException e) {
            throw new ReportFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A part as SVG. */
    String svg(Sequence.LamportRange window) {
        SpaceTimeBuilder builder = new SpaceTimeBuilder(Selection.of(window.from(), window.to()));
        SideBySide.check(logs.logs(), builder, 0);
        return SpaceTimeSvg.draw(builder.build(logs.names()));
    }
}
