package io.chittychat.demo.report;

import io.chittychat.trace.check.SideBySide;
import io.chittychat.trace.check.TraceException;
import io.chittychat.trace.diagram.SpaceTimeSvg;
import io.chittychat.trace.input.LogArguments;
import io.chittychat.trace.input.LogLives;
import io.chittychat.trace.spacetime.SpaceTimeBuilder;
import io.chittychat.trace.spacetime.Window;

/** Parts of a run as space-time diagrams. */
final class Picture {

    private final LogArguments logs;

    /** @throws ReportFailedException if the logs cannot be read together */
    Picture(Run run) {
        try {
            this.logs = LogLives.of(LogArguments.of(run.files())).newest();
        } catch (TraceException e) {
            throw new ReportFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A part as SVG. */
    String svg(Sequence.Window window) {
        SpaceTimeBuilder builder = new SpaceTimeBuilder(Window.of(window.from(), window.to()));
        SideBySide.check(logs.logs(), builder, 0);
        return SpaceTimeSvg.draw(builder.build(logs.names()));
    }
}
