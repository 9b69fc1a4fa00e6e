package io.chittychat.session;

import java.time.Duration;

/**
 * The service's reply to a join.
 *
 * @param name the participant's name as the chat shows it
 * @param lamportTime the Lamport time of the joined event
 * @param epoch the identity of the log
 * @param resumeWindow how long the session survives without a sign of life
 */
public record Joined(String name, long lamportTime, String epoch, Duration resumeWindow) {}
