package io.chittychat.demo.faults;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.chittychat.demo.process.ProgramsUnderTest;
import io.chittychat.demo.process.Workspace;
import io.chittychat.error.ErrorReason;
import io.chittychat.process.Children;
import io.chittychat.process.ServerProcess;
import io.chittychat.v1.ListParticipantsRequest;
import io.chittychat.v1.PublishRequest;
import io.chittychat.v1.PublishResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service on a disk that is full for a while: a small one of its own, of which the machine sees nothing. */
@Timeout(120)
class FullDiskIT {

    private static final int DISK = 24; // megabytes
    private static final int ENOUGH = 20_000; // more messages than the rest of a full disk can hold
    private static final int SHOWN = 60; // lines
    private static final Pattern HTTP = Pattern.compile("Chitty-Chat is ready: .*, HTTP on (\\S+)");
    private static final Duration EXIT_BOUND = Duration.ofSeconds(10);

    private final Ledger ledger = new Ledger();
    private final KnownLog log = new KnownLog();
    private final Participant alice = new Participant("alice", ledger);
    private final Listener listener = new Listener(new Participant("listener", ledger));
    private final Load listening = new Load(List.of(listener), ledger);
    private final HttpClient http = HttpClient.newHttpClient();
    private long said;

    @TempDir
    private Path dir;

    private Workspace workspace;
    private Children children;
    private SmallDisk disk;
    private ServerProcess server;
    private Connection connection;

    @BeforeEach
    void open() throws IOException {
        workspace = Workspace.open(dir.resolve("run"));
        children = new Children();
        disk = SmallDisk.mount(children, Files.createDirectories(dir.resolve("disk")), DISK);
        server = ProgramsUnderTest.get()
                .startedBy(disk.entrance())
                .startServer(
                        children,
                        workspace,
                        List.of(
                                "--chitty.store.file=" + disk.dir().resolve("chitty.db"),
                                "--chitty.session.resume-window=30s"))
                .awaitReady();
        connect();
        sayNext();
    }

    private void connect() {
        connection = Connection.to(server.address());
        alice.enter(connection);
        listening.begin(connection);
    }

    @AfterEach
    void close() throws InterruptedException {
        listening.stop();
        listening.awaitEnd();
        connection.close();
        children.close();
        workspace.close();
    }

    @Test
    void messagesAreRefusedAndAllElseGoesOnUntilThereIsSpaceAgain() throws IOException, InterruptedException {
        disk.fill();
        assertThatIsFull(sayUntilRefused());
        assertThatIsFull(sayInAStream());
        assertThat(probe("readiness")).isEqualTo(503);
        assertThat(probe("liveness")).isEqualTo(200); // to start it anew would not help

        Participant bob = new Participant("bob", ledger);
        bob.enter(connection);
        awaitHeard(bob.joinedAt());
        Listener newcomer = new Listener(bob);
        Load another = new Load(List.of(newcomer), ledger);
        another.begin(connection);
        await().atMost(10, SECONDS).until(() -> newcomer.newestHeard() >= bob.joinedAt());
        Participant carol = new Participant("carol", ledger);
        carol.enter(connection);
        assertThat(present()).containsExactlyInAnyOrder("alice", "listener", "bob", "carol");
        carol.leave(connection);
        assertThat(present()).doesNotContain("carol");
        assertThatNothingIsLost();
        awaitHeard(log.newest());
        assertThat(newcomer.newestHeard()).isGreaterThanOrEqualTo(bob.joinedAt());
        assertThatIsFull(refusal());

        disk.free();
        await().atMost(10, SECONDS).until(() -> probe("readiness") == 200); // before any request
        await().atMost(10, SECONDS)
                .ignoreException(StatusRuntimeException.class)
                .until(() -> sayNext() > 0);
        assertThatNothingIsLost();
        awaitHeard(log.newest());
        await().atMost(10, SECONDS).until(() -> newcomer.newestHeard() == log.newest());
        another.stop();
        another.awaitEnd();

        assertThat(server.stop(EXIT_BOUND)).isPresent();
        restart();
        sayNext();
        assertThatNothingIsLost();
        awaitHeard(log.newest());
    }

    @Test
    void serviceThatIsKilledOnAFullDiskStartsOnIt() throws IOException, InterruptedException {
        disk.fill();
        assertThatIsFull(sayUntilRefused());
        server.child().kill();
        assertThat(server.child().awaitExit(EXIT_BOUND)).isPresent();

        restart();
        assertThatNothingIsLost();
        assertThatIsFull(refusal());

        disk.free();
        await().atMost(10, SECONDS)
                .ignoreException(StatusRuntimeException.class)
                .until(() -> sayNext() > 0);
        assertThatNothingIsLost();
        awaitHeard(log.newest());
    }

    private void restart() throws InterruptedException {
        listening.awaitEnd();
        connection.close();
        server = server.again().awaitReady();
        connect();
    }

    private long sayNext() {
        long time = alice.say(connection, said + 1);
        said++;
        return time;
    }

    /** Free space inside files is used first. */
    private Status sayUntilRefused() {
        for (int i = 0; i < ENOUGH; i++) {
            try {
                sayNext();
            } catch (StatusRuntimeException e) {
                return StatusProto.fromThrowable(e);
            }
        }
        throw new AssertionError("the disk does not get full");
    }

    private Status refusal() {
        StatusRuntimeException refused =
                catchThrowableOfType(StatusRuntimeException.class, () -> alice.say(connection, said + 1));
        return StatusProto.fromThrowable(refused);
    }

    /** Two messages, both of which are refused: the stream goes on. */
    private Status sayInAStream() throws InterruptedException {
        BlockingQueue<Object> replies = new LinkedBlockingQueue<>();
        StreamObserver<PublishRequest> requests = connection.streams().publishStream(new StreamObserver<>() {
            @Override
            public void onNext(PublishResponse response) {
                replies.add(response);
            }

            @Override
            public void onError(Throwable failure) {
                replies.add(failure);
            }

            @Override
            public void onCompleted() {
                replies.add("completed");
            }
        });
        requests.onNext(alice.message(said + 1));
        assertThat(replies.poll(10, SECONDS)).isInstanceOf(PublishResponse.class);
        requests.onNext(alice.message(said + 1));
        requests.onCompleted();
        Object second = replies.poll(10, SECONDS);
        assertThat(second).isInstanceOf(PublishResponse.class);
        assertThat(replies.poll(10, SECONDS)).isEqualTo("completed");
        return ((PublishResponse) second).getError();
    }

    private void assertThatIsFull(Status status) {
        assertThat(ErrorReason.of(status))
                .as(() -> "the server printed\n"
                        + String.join("\n", server.child().tail(SHOWN)))
                .isEqualTo(Optional.of(ErrorReason.STORE_FULL));
        assertThat(status.getCode()).isEqualTo(ErrorReason.STORE_FULL.code().value());
        assertThat(status.getDetailsList()).anyMatch(detail -> detail.is(RetryInfo.class));
    }

    private int probe(String group) throws IOException, InterruptedException {
        Matcher address = HTTP.matcher(server.child().output());
        assertThat(address.find()).isTrue();
        URI uri = URI.create("http://" + address.group(1) + "/actuator/health/" + group);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private List<String> present() {
        return connection
                .calls()
                .listParticipants(ListParticipantsRequest.newBuilder()
                        .setSessionToken(alice.token())
                        .build())
                .getParticipantsList()
                .stream()
                .map(io.chittychat.v1.Participant::getName)
                .toList();
    }

    private void awaitHeard(long time) {
        await().atMost(10, SECONDS).until(() -> listener.newestHeard() >= time);
    }

    private void assertThatNothingIsLost() {
        long highest = ledger.highest(); // before reading, since the listener goes on meanwhile
        assertThat(log.readOn(connection, alice.token())).isGreaterThanOrEqualTo(highest);
        assertThat(log.problems()).isEmpty();
        assertThat(ledger.problems()).isEmpty();
        assertThat(ledger.lostFrom(log)).isEmpty();
    }
}
