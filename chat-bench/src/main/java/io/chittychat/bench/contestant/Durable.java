package io.chittychat.bench.contestant;

import io.chittychat.bench.server.Installation;
import java.util.Optional;

/**
 * A server whose acknowledgements of publishes are measured, too.
 *
 * @param server without regard to them
 * @param mode what an acknowledgement means, in a word, such as {@code fsync}
 * @param setting by which it means that
 */
record Durable(Contestant server, String mode, String setting) implements Contestant {

    @Override
    public String id() {
        return server.id();
    }

    @Override
    public String label() {
        return server.label() + ", " + mode;
    }

    @Override
    public Optional<String> acknowledgement() {
        return Optional.of(setting);
    }

    @Override
    public boolean isOurs() {
        return server.isOurs();
    }

    @Override
    public Optional<String> missing() {
        return server.missing();
    }

    @Override
    public String version() {
        return server.version();
    }

    @Override
    public MeasuredServer start(Installation installation, String directory) {
        return server.start(installation, directory);
    }
}
