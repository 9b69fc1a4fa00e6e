package io.chittychat.demo.process;

import io.chittychat.process.machine.Home;

/** The programs of the checkout, which the first test that asks for them has prepared for quick starts: they start often. */
public final class ProgramsUnderTest {

    private static final Programs PREPARED = Programs.of(Home.dir()).prepared();

    private ProgramsUnderTest() {}

    public static Programs get() {
        return PREPARED;
    }
}
