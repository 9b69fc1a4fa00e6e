package io.chittychat.demo.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.process.ChildProcess;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The signals that Java does not send by itself. */
public enum Signal {

    /** Stops a process in its tracks: it is there, holds its connections, and does nothing. It can still be killed. */
    STOP,

    /** Lets a stopped process go on. */
    CONT;

    /** Sends it; returns when it has been sent. */
    public void to(ChildProcess child) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + this, Long.toString(child.pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }
}
