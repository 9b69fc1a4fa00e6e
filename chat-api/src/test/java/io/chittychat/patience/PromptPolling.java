package io.chittychat.patience;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Has all tests that await a condition look at once, and then soon again, at the latest each {@value #LONGEST_MILLIS} ms.
 * Awaitility's own default is to wait so long before each look, which is most of the time of many tests. JUnit finds this
 * class wherever it is on the class path of tests.
 */
public final class PromptPolling implements LauncherSessionListener {

    private static final int LONGEST_MILLIS = 100;
    private static final int MOST_DOUBLINGS = 7; // 128 ms

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(
                (looks, before) -> Duration.ofMillis(Math.min(LONGEST_MILLIS, 1L << Math.min(looks, MOST_DOUBLINGS))));
    }
}
