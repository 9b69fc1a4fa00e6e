package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Message;

/** A language for sequence diagrams. Each method gives one line, or several; texts are given without mark-up. */
interface SequenceSyntax {

    String begin(String title);

    String participant(int number, String name, boolean isService);

    /** A remark across all columns. */
    String remark(String text, int columns);

    /** A step of the service. */
    String event(int column, String text);

    String note(int column, String text);

    /** A process ended without a leave. */
    String crash(int column, String text);

    String arrow(int from, int to, Message.Kind kind, boolean isBroken, String label);

    /** What stands between two Lamport times. */
    String to();

    String end();

    /** Text in which no character can be a command or mark-up. */
    String escaped(String text);
}
