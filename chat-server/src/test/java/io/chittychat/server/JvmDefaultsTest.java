package io.chittychat.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JvmDefaultsTest {

    private final HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    private final String before = interval();

    @BeforeEach
    @AfterEach
    void forget() {
        System.clearProperty(JvmDefaults.LEAK_DETECTION);
        jvm.setVMOption(JvmDefaults.IDLE_COLLECTION, before);
    }

    @Test
    void buffersAreNotWatched() {
        JvmDefaults.apply();
        assertThat(System.getProperty(JvmDefaults.LEAK_DETECTION)).isEqualTo("disabled");
    }

    @Test
    void optionsOfTheCommandLineStay() {
        System.setProperty(JvmDefaults.LEAK_DETECTION, "paranoid");
        jvm.setVMOption(JvmDefaults.IDLE_COLLECTION, "12345"); // its origin is not the default any more

        JvmDefaults.apply();

        assertThat(System.getProperty(JvmDefaults.LEAK_DETECTION)).isEqualTo("paranoid");
        assertThat(interval()).isEqualTo("12345");
    }

    private String interval() {
        return jvm.getVMOption(JvmDefaults.IDLE_COLLECTION).getValue();
    }
}
