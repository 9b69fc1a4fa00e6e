package io.chittychat.session;

import io.chittychat.process.Relay;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;

/** A relay to a service, which can also hang. */
final class Gate implements AutoCloseable {

    private final Relay relay;
    private volatile boolean hanging;

    Gate(int service) {
        this(InetAddress.getLoopbackAddress(), service);
    }

    Gate(InetAddress host, int service) {
        this.relay = new Relay(host, Relay.onLoopback(service), HangingCourse::new);
    }

    String address() {
        return "127.0.0.1:" + relay.port();
    }

    int port() {
        return relay.port();
    }

    /** Breaks its connections, and refuses new ones. */
    void refuse() {
        relay.refuse();
    }

    /** Breaks its connections. */
    void cut() {
        relay.cut();
    }

    /** Accepts connections and transports nothing, on old connections as well. */
    void hang() {
        hanging = true;
    }

    /** Accepts and relays connections again. Connections that hung do so for ever. */
    void open() {
        hanging = false;
        relay.open();
    }

    @Override
    public void close() {
        relay.close();
    }

    private final class HangingCourse implements Relay.Course {

        private volatile boolean hung = hanging;

        @Override
        public boolean pass(byte[] buffer, int count, OutputStream to) throws IOException {
            hung |= hanging; // a part of the stream is lost for good
            if (!hung) {
                to.write(buffer, 0, count);
            }
            return true;
        }
    }
}
