package io.chittychat.examiner.mapping;

/** Thrown if a mapping is not valid; the message is a sentence for the user that names the place. */
public final class MappingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MappingException(String where, String problem) {
        super("mapping: " + where + ": " + problem);
    }
}
