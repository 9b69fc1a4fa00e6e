package io.chittychat.client.render;

import io.chittychat.error.ErrorReason;
import io.chittychat.session.ChatException;
import io.chittychat.text.MessageText;
import io.chittychat.text.SafeText;
import java.util.Optional;

/** A failure as one line that tells the user what to do. */
public final class ErrorLine {

    private ErrorLine() {}

    /**
     * The line, without a line end.
     *
     * @param server the address of the service
     */
    public static String of(ChatException failure, String server) {
        String message = SafeText.of(String.valueOf(failure.getMessage()));
        String service = SafeText.of(server);
        return switch (failure.problem()) {
            case NOT_JOINED -> "You are not in the chat. Join first: join NAME";
            case ALREADY_JOINED -> "You are in the chat already. To come back under another name, leave first: leave";
            case UNREACHABLE ->
                "Cannot reach a chat service at " + service + " (" + message
                        + "). Check the address (--server HOST:PORT) or start the service, then try again.";
            case NOT_SUPPORTED ->
                "The service at " + service + " does not support this request (" + message
                        + "). Check that it is a Chitty-Chat service of this version.";
            case NO_ANSWER ->
                "The service at " + service + " did not answer in time (" + message
                        + "): the request may or may not have succeeded.";
            case SESSION_ENDED -> "Not confirmed: the session ended first. Join again: join NAME";
            case LOG_UNWRITABLE -> message + ". Choose another directory: --log-dir DIR";
            case REFUSED -> refused(failure.reason(), message, service);
        };
    }

    private static String refused(Optional<ErrorReason> reason, String message, String service) {
        if (reason.isEmpty()) {
            return "The service at " + service + " refused (" + message + ").";
        }
        return switch (reason.get()) {
            case NAME_TAKEN -> "That name is taken. Choose another: join NAME";
            case NAME_INVALID -> "Not a valid name: " + message + ". Choose another: join NAME";
            case TEXT_TOO_LONG ->
                "Not sent: the text has more than " + MessageText.MAX_CODE_POINTS + " characters (code points)."
                        + " Say it in parts.";
            case TEXT_BLANK -> "Not sent: the text is only white space. Say something: say TEXT";
            case TEXT_NOT_UTF8 -> "Not sent: the text is not well-formed UTF-8.";
            case LAMPORT_TIME_TOO_FAR_AHEAD ->
                "Refused: this client's Lamport time is too far ahead of the service's. Leave and join again.";
            case PAGE_TOKEN_INVALID -> "The list changed while it was read. Try again.";
            case SESSION_UNKNOWN -> "The service no longer knows this session. Join again: join NAME";
            case CREDENTIALS_INVALID ->
                "The service at " + service + " refuses your credentials (" + message
                        + "). Give a valid token (--token-file FILE) or certificate (--tls-cert, --tls-key).";
            case NAME_NOT_YOURS -> "That name is not yours: " + message + ". Join under your own: join NAME";
            case RATE_LIMITED -> "Too many requests for this service. Wait a moment, then try again.";
            case ROOM_FULL -> "The chat is full. Try again later.";
            case STORE_FULL -> "The storage of the service is full. Try again later.";
            case SEQUENCE_FORGOTTEN ->
                "Not known whether the message was published: the service no longer remembers it. Look: search TEXT";
            case SEQUENCE_GAP -> "Not sent: a message before it was lost. Say both again.";
            case LOG_DAMAGED ->
                "These events are not shown, since the service's log of them is damaged. Its operator has to restore it.";
            case SHUTTING_DOWN, LOG_UNAVAILABLE, NODE_LOST, AUTH_UNAVAILABLE ->
                "The service is not available for now. Try again in a moment.";
            case RESUME_POINT_GONE, EPOCH_CHANGED, SUPERSEDED, SLOW_READER -> "Refused: " + message + ". Join again.";
        };
    }
}
