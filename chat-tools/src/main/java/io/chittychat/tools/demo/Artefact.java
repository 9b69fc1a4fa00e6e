package io.chittychat.tools.demo;

import java.nio.file.Path;
import java.util.List;

/** Something that is made of a conversation when it is over, and told to people. */
interface Artefact {

    /**
     * Makes it.
     *
     * @return what was made and is to be named at the end, a line each; empty if it was printed
     */
    List<Made> make(Played played);

    /**
     * Something that was made.
     *
     * @param what what it is, as the begin of a line
     * @param where a file or directory
     */
    record Made(String what, Path where) {}
}
