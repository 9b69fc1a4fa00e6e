package io.chittychat.demo.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A line to a service that says what it hears. */
@Timeout(30)
class LineTest {

    private static final int SEED = 1;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket echo;
    private Future<?> accepting;
    private Line line;

    @BeforeEach
    void open() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        accepting = threads.submit(this::accept);
        line = new Line("127.0.0.1:" + echo.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        line.close();
        echo.close();
        threads.shutdownNow();
    }

    @Test
    void bringsWhatIsSaidAndHangsUpWhenItIsCut() throws IOException {
        try (Socket caller = call()) {
            assertThat(say(caller, 100)).isEqualTo(100);
            line.cut();
            assertThat(say(caller, 100)).isNotEqualTo(100);
        }
        assertThatIOException().isThrownBy(this::call);

        line.mend();
        try (Socket caller = call()) {
            assertThat(say(caller, 100)).isEqualTo(100);
        }
    }

    @Test
    void takesNoCallerOnceItIsCut() {
        for (int i = 0; i < 500; i++) {
            line.cut();
            assertThatIOException().isThrownBy(this::call);
            line.mend();
        }
    }

    @Test
    void outlivesAServiceThatIsAway() throws Exception {
        echo.close();
        accepting.get(); // until then it may take one more
        try (Socket caller = call()) {
            assertThat(say(caller, 1)).isNotEqualTo(1);
        }
        try (ServerSocket again = new ServerSocket(echo.getLocalPort(), 50, InetAddress.getLoopbackAddress())) {
            echo = again;
            threads.execute(this::accept);
            try (Socket caller = call()) {
                assertThat(say(caller, 1)).isEqualTo(1);
            }
        }
    }

    @Test
    void isSlow() throws IOException {
        line.slow(Duration.ofMillis(30));
        try (Socket caller = call()) {
            long begin = System.nanoTime();
            assertThat(say(caller, 10)).isEqualTo(10);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
        }
    }

    @Test
    void breaksAfterSomeBytesUntilItIsMended() throws IOException {
        line.unreliable(new SplittableRandom(SEED));
        for (int i = 1; i <= 3; i++) {
            try (Socket caller = call()) {
                assertThat(say(caller, 100)).isEqualTo(100);
                assertThat(say(caller, 5000)).isLessThan(5000);
            }
            int expected = i;
            await().atMost(10, SECONDS).until(() -> line.breaks() == expected);
        }
        line.mend();
        try (Socket caller = call()) {
            assertThat(say(caller, 5000)).isEqualTo(5000);
        }
    }

    private Socket call() throws IOException {
        String address = line.address();
        return new Socket(
                InetAddress.getLoopbackAddress(), Integer.parseInt(address.substring(address.indexOf(':') + 1)));
    }

    /** How many bytes came back. */
    private static int say(Socket caller, int bytes) throws IOException {
        try {
            caller.getOutputStream().write(new byte[bytes]);
            return caller.getInputStream().readNBytes(bytes).length;
        } catch (SocketException e) {
            return -1;
        }
    }

    private void accept() {
        ServerSocket listening = echo;
        try {
            while (true) {
                Socket called = listening.accept();
                threads.execute(() -> echo(called));
            }
        } catch (IOException e) {
            // closed, which is its end
        }
    }

    private static void echo(Socket called) {
        try (called) {
            called.getInputStream().transferTo(called.getOutputStream());
        } catch (IOException e) {
            // the line broke, as it shall
        }
    }
}
