package io.chittychat.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;

/** Sets what the JVM should do by default: a jar cannot carry options, but some can be set by the program that runs. */
final class JvmDefaults {

    /** Netty's option to look for buffers that were not released. The tests have it on. */
    static final String LEAK_DETECTION = "io.grpc.netty.shaded.io.netty.leakDetection.level";

    /** How often an idle G1 collects and gives memory back, in milliseconds; by default never. */
    static final String IDLE_COLLECTION = "G1PeriodicGCInterval";

    private JvmDefaults() {}

    /** Sets each option that the command line does not set. Call it before anything uses Netty. */
    static void apply() {
        if (System.getProperty(LEAK_DETECTION) == null) {
            System.setProperty(LEAK_DETECTION, "disabled"); // it takes a stack trace for one buffer in 128
        }
        HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (jvm != null && isG1(jvm)) {
            setUnlessSet(jvm, IDLE_COLLECTION, "60000");
        } else {
            HeapCollection.start();
        }
    }

    private static boolean isG1(HotSpotDiagnosticMXBean jvm) {
        try {
            return Boolean.parseBoolean(jvm.getVMOption("UseG1GC").getValue());
        } catch (IllegalArgumentException e) {
            return false; // a JVM without this collector
        }
    }

    private static void setUnlessSet(HotSpotDiagnosticMXBean jvm, String option, String value) {
        try {
            if (jvm.getVMOption(option).getOrigin() == VMOption.Origin.DEFAULT) {
                jvm.setVMOption(option, value);
            }
        } catch (IllegalArgumentException e) {
            // a JVM without this collector, which has its own defaults
        }
    }
}
