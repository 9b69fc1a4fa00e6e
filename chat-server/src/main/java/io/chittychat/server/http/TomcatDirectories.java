package io.chittychat.server.http;

import java.io.File;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;

/**
 * Deletes Tomcat's directories for temporary files, which this application does not use. They are deleted after the
 * start, because a killed process could not delete them at its end.
 */
public final class TomcatDirectories {

    private TomcatDirectories() {}

    /** A listener to the application's life; the thread that starts Tomcat calls it. */
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

    /** Deletes a directory unless it has files, such as a log of requests. */
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
