package io.chittychat.demo.report;

/**
 * A line of a log that shows something.
 *
 * @param log the name of the log
 * @param line its number, from 1
 * @param text what it says
 */
record Evidence(String log, int line, String text) {

    /** Where it is. */
    String place() {
        return log + ":" + line;
    }
}
