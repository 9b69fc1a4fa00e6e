package io.chittychat.server.store;

/** When an event counts as recorded. */
public enum Durability {
    /** When the disk has it: it survives a loss of power. */
    FSYNC,
    /** When the operating system has it: it survives a crash of the process, not one of the machine. */
    OS,
    /** At once: nothing is stored, and nothing survives. */
    MEMORY
}
