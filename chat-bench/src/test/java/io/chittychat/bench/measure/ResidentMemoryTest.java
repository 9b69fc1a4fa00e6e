package io.chittychat.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chittychat.bench.BenchException;
import org.junit.jupiter.api.Test;

class ResidentMemoryTest {

    @Test
    void kilobytesBecomeBytes() {
        assertThat(ResidentMemory.parse("Name:\tjava\nVmHWM:\t  200 kB\nVmRSS:\t  150 kB\nRssAnon:\t 100 kB\n"))
                .isEqualTo(150 * 1024);
    }

    @Test
    void processWithoutMemoryIsReported() {
        assertThatThrownBy(() -> ResidentMemory.parse("Name:\tkthreadd\n")).isInstanceOf(BenchException.class);
    }

    @Test
    void ownMemoryIsFound() {
        assertThat(ResidentMemory.of(ProcessHandle.current().pid())).isPositive();
    }
}
