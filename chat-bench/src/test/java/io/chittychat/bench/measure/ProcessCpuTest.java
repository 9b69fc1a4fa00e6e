package io.chittychat.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessCpuTest {

    private static final String FIELDS = " S 1 42 42 0 -1 4194304 100 0 0 0 250 75 9 9 20 0 8 0 100 0 0";

    @Test
    void userAndSystemTimeAreAddedUp() {
        assertThat(ProcessCpu.parse("42 (java)" + FIELDS)).isEqualTo(Duration.ofMillis(3250));
    }

    @Test
    void nameMayHoldSpacesAndParentheses() {
        assertThat(ProcessCpu.parse("42 (a) R 1 (b)" + FIELDS)).isEqualTo(Duration.ofMillis(3250));
    }

    @Test
    void ownTimeGrowsWithWork() {
        long self = ProcessHandle.current().pid();
        Duration before = ProcessCpu.of(self);
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (ProcessCpu.of(self).equals(before) && System.nanoTime() < end) {
            // reading is work enough
        }
        assertThat(ProcessCpu.of(self)).isGreaterThan(before);
    }
}
