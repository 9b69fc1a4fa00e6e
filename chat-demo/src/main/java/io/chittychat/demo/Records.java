package io.chittychat.demo;

import java.util.List;

/** What the processes wrote down themselves. */
final class Records implements Artefact {

    @Override
    public List<Made> make(PlayedScenario played) {
        return List.of(
                new Written("the participants' logs", played.workspace().logs()),
                new Written("the service's log", played.workspace().output("server")));
    }
}
