package io.chittychat.server.http;

/**
 * Why a request is refused before anything looks at it.
 *
 * @param status the HTTP status
 * @param code the code in the words of the Connect protocol
 * @param sentence for the client: what is wrong, and the setting that would allow it
 */
record Refusal(int status, String code, String sentence) {}
