package io.chittychat.tools.demo;

import io.chittychat.tools.check.Verdict;
import io.chittychat.tools.process.Workspace;
import io.chittychat.tools.scenario.Scenario;
import java.util.List;

/**
 * A conversation that is over.
 *
 * @param scenario what was played
 * @param completed whether it was played to its end
 * @param workspace what it left: logs and outputs; what is made of them goes there, too
 * @param verdicts what the check of the logs found
 */
record Played(Scenario scenario, boolean completed, Workspace workspace, List<Verdict> verdicts) {

    boolean holds() {
        return completed && verdicts.stream().allMatch(Verdict::holds);
    }
}
