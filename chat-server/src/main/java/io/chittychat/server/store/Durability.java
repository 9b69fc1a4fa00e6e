package io.chittychat.server.store;

/** When an event counts as recorded, and is acknowledged. */
public enum Durability {
    /** When the disk has it; it survives a power failure. */
    FSYNC,
    /** When the operating system has it; it survives a crash of the process, but not of the machine. */
    OS,
    /** At once; nothing is stored. */
    MEMORY
}
