package io.chittychat.server.room;

import java.time.Duration;

/**
 * What the room allows.
 *
 * @param maxParticipants how many may be present at once
 * @param resumeWindow for how long after it a join may be repeated
 */
public record RoomLimits(int maxParticipants, Duration resumeWindow) {}
