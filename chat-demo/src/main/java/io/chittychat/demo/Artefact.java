package io.chittychat.demo;

import java.nio.file.Path;
import java.util.List;

/** Something that is made of a conversation when it is over, and told to people. */
interface Artefact {

    /** Makes it; what became of each of its parts, in the order in which they are told. */
    List<Made> make(PlayedScenario played);

    /** What became of something that was to be made. */
    sealed interface Made {

        /** What it is, as the begin of a line. */
        String what();
    }

    /**
     * It was made.
     *
     * @param where a file or directory
     */
    record Written(String what, Path where) implements Made {}

    /**
     * It could not be made, which says nothing about the conversation.
     *
     * @param why the reason, in a sentence for people or as the tool that failed gave it
     */
    record Missing(String what, String why) implements Made {}
}
