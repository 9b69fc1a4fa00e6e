package io.chittychat.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** The loopback interface of this machine. */
public final class Loopback {

    public static final String HOST = "127.0.0.1";

    private static final int TIMEOUT_MILLIS = 2_000;

    private static final int LOWEST_PORT = 10_000;
    private static final int HIGHEST_PORT =
            32_767; // Linux gives higher ones to connections; other systems begin higher
    private static final int MOST_TRIES = 1000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet(); // by this process, perhaps not used yet

    private Loopback() {}

    /**
     * A port that was free a moment ago; a bound port cannot be handed over to another process. It is none of those that systems
     * give to outgoing connections, of which one could take it meanwhile.
     */
    public static int freePort() {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT + 1);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (GIVEN.add(port)) {
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                // in use, so another one
            }
        }
        throw new ProcessFailedException("no free port from " + LOWEST_PORT + " to " + HIGHEST_PORT);
    }

    /** Whether an HTTP request is answered with 200. */
    static boolean isOk(int port, String path) {
        try {
            HttpURLConnection request = (HttpURLConnection)
                    URI.create("http://" + HOST + ":" + port + path).toURL().openConnection();
            request.setConnectTimeout(TIMEOUT_MILLIS);
            request.setReadTimeout(TIMEOUT_MILLIS);
            try {
                return request.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                request.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a process accepts connections on a port. */
    public static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(HOST, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
