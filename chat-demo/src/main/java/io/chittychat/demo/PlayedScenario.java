package io.chittychat.demo;

import io.chittychat.demo.process.Workspace;
import io.chittychat.demo.scenario.Scenario;
import io.chittychat.trace.check.RequirementVerdict;
import java.util.List;

/**
 * A finished conversation.
 *
 * @param scenario its scenario
 * @param completed whether it was played to its end
 * @param workspace its logs and outputs; results are written there, too
 * @param verdicts the check of the logs
 */
record PlayedScenario(Scenario scenario, boolean completed, Workspace workspace, List<RequirementVerdict> verdicts) {

    boolean holds() {
        return completed && verdicts.stream().allMatch(RequirementVerdict::holds);
    }
}
