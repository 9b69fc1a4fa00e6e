package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.Message;

/** A language for sequence diagrams. Each method gives one line, or several; texts are given without mark-up. */
interface SequenceSyntax {

    int LAST_ASCII = 0x7f;

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

    /** A character as its number. */
    String byNumber(int codePoint);

    /** Text in which no character can be a command, a macro or mark-up: the ASCII characters that could be are numbers. */
    default String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(codePoint -> {
            if (codePoint > LAST_ASCII || Character.isLetterOrDigit(codePoint) || " .,:?()".indexOf(codePoint) >= 0) {
                escaped.appendCodePoint(codePoint);
            } else {
                escaped.append(byNumber(codePoint));
            }
        });
        return escaped.toString();
    }
}
