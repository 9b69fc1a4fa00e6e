package io.chittychat.tools.report;

import io.chittychat.tools.check.SideBySide;
import io.chittychat.tools.check.TraceException;
import io.chittychat.tools.diagram.SpaceTimeSvg;
import io.chittychat.tools.spacetime.LogArguments;
import io.chittychat.tools.spacetime.LogLives;
import io.chittychat.tools.spacetime.SpaceTimeBuilder;
import io.chittychat.tools.spacetime.Window;

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
