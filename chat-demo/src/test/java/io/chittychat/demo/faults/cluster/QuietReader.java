package io.chittychat.demo.faults.cluster;

import io.chittychat.process.ServerProcess;
import io.chittychat.session.ChatListener;
import io.chittychat.session.ChatSession;
import io.chittychat.session.Joined;
import io.chittychat.session.SessionEnd;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A participant that knows the addresses of all nodes and only reads. It should never leave the chat. */
final class QuietReader implements AutoCloseable {

    private final List<String> losses = new CopyOnWriteArrayList<>();
    private final ChatSession session;

    QuietReader(String name, List<ServerProcess> nodes) {
        String addresses = nodes.stream().map(ServerProcess::address).collect(Collectors.joining(","));
        session = ChatSession.connect(addresses)
                .rejoin(true)
                .listener(new ChatListener() {
                    @Override
                    public void rejoined(Joined joined, long after) {
                        losses.add(name + " had expired, and joined again at Lamport time " + joined.lamportTime());
                    }

                    @Override
                    public void ended(SessionEnd end) {
                        losses.add(name + " has ended: " + end);
                    }
                })
                .build();
        session.join(name).orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Whether it reads from a node. */
    boolean isAt(ServerProcess node) {
        return session.address().filter(node.address()::equals).isPresent();
    }

    /** The ends of its stay in the chat. */
    List<String> losses() {
        return List.copyOf(losses);
    }

    @Override
    public void close() {
        session.close();
    }
}
