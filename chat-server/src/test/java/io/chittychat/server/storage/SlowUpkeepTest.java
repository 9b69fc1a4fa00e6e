package io.chittychat.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.server.store.Commands;
import io.chittychat.server.store.EventStore;
import io.chittychat.server.store.RecordedRoom;
import io.chittychat.server.store.Stores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service stops while the disk keeps the thread in the background waiting. */
class SlowUpkeepTest {

    @TempDir(factory = Stores.Fast.class)
    Path directory;

    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch disk = new CountDownLatch(1);

    @Test
    void storeStaysOpenAsLongAsTheThreadInTheBackgroundUsesIt() throws Exception {
        EventStore store = Stores.open(Stores.copyOfNew(directory.resolve("chitty.db")), this::slow);
        RecordedRoom room = new RecordedRoom(store);
        room.accepted(Commands.join("alice", 1));
        StoreKeeper keeper = new StoreKeeper(store, new Retention(Duration.ZERO, 1));
        keeper.start();
        reading.await();

        keeper.close();
        room.accepted(Commands.publish(1, 1));
        assertThat(store.page(0, 10).events()).hasSize(2);

        disk.countDown();
        Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("store-keeper")));
        store.close();
        try (EventStore again = Stores.open(directory.resolve("chitty.db"))) {
            assertThat(again.page(0, 10).events()).hasSize(2);
        }
    }

    /** A connection that waits for the disk when the oldest events are looked for. */
    private Connection slow(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")
                            && ((String) arguments[0]).contains("FROM page WHERE through <= ?")) {
                        reading.countDown();
                        disk.await();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
