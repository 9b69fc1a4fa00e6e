package io.chittychat.trace.spacetime;

import java.util.OptionalInt;

/**
 * What a check of the logs has found wrong.
 *
 * @param what the requirement, the line and the problem; not safe for display
 * @param step the step of that line, if it is in the part
 */
public record Fault(String what, OptionalInt step) {}
