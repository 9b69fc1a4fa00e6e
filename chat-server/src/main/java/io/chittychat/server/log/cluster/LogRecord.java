package io.chittychat.server.log.cluster;

/**
 * An entry as the shared log has it.
 *
 * @param offset its place in the log
 * @param time when it was appended, in microseconds since 1970, by the clock of what keeps the log
 */
public record LogRecord(long offset, long time, byte[] value) {}
