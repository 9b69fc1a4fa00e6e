package io.chittychat.examiner.participant;

import io.chittychat.examiner.mapping.Event;

/**
 * An event that a participant received.
 *
 * @param place its place among all that the participant received, from 0
 * @param clock the participant's own Lamport time after it
 */
public record Heard(int place, Event event, long clock) {}
