package io.chittychat.server.room;

import java.time.Duration;

/**
 * The limits of a room.
 *
 * @param maxParticipants the most participants that may be present
 * @param resumeWindow how long after its time a join may be repeated
 */
public record RoomLimits(int maxParticipants, Duration resumeWindow) {}
