package io.chittychat.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** The loopback interface of this machine. */
public final class Loopback {

    public static final String HOST = "127.0.0.1";

    private static final int TIMEOUT_MILLIS = 2_000;

    private Loopback() {}

    /** A port that was free a moment ago; a bound port cannot be handed over to another process. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new ProcessFailedException("no free port: " + e, e);
        }
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
    static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(HOST, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
