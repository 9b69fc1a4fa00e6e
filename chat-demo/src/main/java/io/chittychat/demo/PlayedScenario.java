package io.chittychat.demo;

import io.chittychat.demo.process.Workspace;
import io.chittychat.demo.scenario.Scenario;
import io.chittychat.trace.check.Verdict;
import java.util.List;

/**
 * A conversation that is over.
 *
 * @param scenario what was played
 * @param completed whether it was played to its end
 * @param workspace what it left: logs and outputs; what is made of them goes there, too
 * @param verdicts what the check of the logs found
 */
record PlayedScenario(Scenario scenario, boolean completed, Workspace workspace, List<Verdict> verdicts) {

    boolean holds() {
        return completed && verdicts.stream().allMatch(Verdict::holds);
    }
}
