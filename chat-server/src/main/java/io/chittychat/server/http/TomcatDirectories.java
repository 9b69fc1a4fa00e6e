package io.chittychat.server.http;

import java.io.File;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;

/**
 * The directories for temporary files that Tomcat makes for applications with files of their own, which this one is not. They are
 * deleted at once, since a process that is killed could not delete them at its end.
 */
public final class TomcatDirectories {

    private TomcatDirectories() {}

    /** Listens to an application; on the thread that starts Tomcat. */
    public static void deleteAfterStart(LifecycleEvent event) {
        if (event.getType().equals(Lifecycle.AFTER_START_EVENT) && event.getLifecycle() instanceof Context context) {
            deleteIfTemporary(new File(context.getDocBase()));
            deleteIfTemporary(context.getCatalinaBase());
        }
    }

    private static void deleteIfTemporary(File directory) {
        if (new File(System.getProperty("java.io.tmpdir")).equals(directory.getParentFile())) {
            deleteEmpty(directory);
        }
    }

    /** What has files in it stays, such as a log of requests. */
    private static void deleteEmpty(File directory) {
        File[] children = directory.listFiles(File::isDirectory);
        if (children != null) {
            for (File child : children) {
                deleteEmpty(child);
            }
        }
        if (!directory.delete()) {
            directory.deleteOnExit();
        }
    }
}
