package io.chittychat.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.bench.BenchException;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessCpuTest {

    private static final String WORK = "i=0; while [ $i -lt 500000 ]; do i=$((i+1)); done";
    private static final String FIELDS = " S 1 42 42 0 -1 4194304 100 0 0 0 250 75 9 9 20 0 8 0 100 0 0";

    @Test
    void userAndSystemTimeAreAddedUp() {
        assertThat(ProcessCpu.parse("42 (java)" + FIELDS)).isEqualTo(Duration.ofMillis(3250));
    }

    @Test
    void timeOfEndedChildrenIsAddedForATree() {
        assertThat(ProcessCpu.parseWithEnded("42 (java)" + FIELDS)).isEqualTo(Duration.ofMillis(3430));
    }

    @Test
    void treeHasItsDescendantsWhetherTheyEndedOrNot() throws IOException {
        Process parent = new ProcessBuilder(
                        "sh", "-c", "sh -c '" + WORK + "'; echo one; sh -c '" + WORK + "; echo two; read x'; :")
                .start();
        try (BufferedReader printed = parent.inputReader()) {
            assertThat(printed.readLine()).isEqualTo("one");
            Duration one = ProcessCpu.ofTree(parent.pid());
            assertThat(one).isPositive();
            assertThat(printed.readLine()).isEqualTo("two");
            assertThat(ProcessCpu.ofTree(parent.pid())).isGreaterThan(one);
            assertThat(ProcessCpu.of(parent.pid())).isLessThan(one);
        } finally {
            parent.descendants().forEach(ProcessHandle::destroy);
            parent.destroy();
        }
    }

    @Test
    void treeOfAnEndedProcessIsAnError() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        assertThat(ended.waitFor()).isZero();
        assertThatThrownBy(() -> ProcessCpu.ofTree(ended.pid())).isInstanceOf(BenchException.class);
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
