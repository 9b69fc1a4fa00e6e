package io.chittychat.examiner.server;

/** What is told: {@code joined}, {@code published} or {@code left}. */
record Told(String kind, String name, String text, long time) {

    boolean is(String other) {
        return kind.equals(other);
    }

    /** What a simple client shows. */
    String sentence() {
        return is("published") ? text : "Participant %s %s Chitty-Chat at Lamport time %d".formatted(name, kind, time);
    }
}
