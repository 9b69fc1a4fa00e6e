package io.chittychat.bench.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.Status;
import io.chittychat.bench.BenchException;
import io.chittychat.v1.BroadcastResponse;
import io.chittychat.v1.CaughtUp;
import io.chittychat.v1.Event;
import io.chittychat.v1.EventType;
import io.chittychat.v1.PublishResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What servers send is walked alike however it is cut into pieces. */
class WalkerTest {

    private static final String TEXT = "0000000042 with a newline\nin it";
    private static final String HEAD = "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final BroadcastResponse CAUGHT_UP = BroadcastResponse.newBuilder()
            .setCaughtUp(CaughtUp.newBuilder().setLamportTime(5))
            .build();
    private static final int DATA = 0;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;

    @Test
    void natsMessagesAreCounted() {
        String message = "MSG chat 1 %d\r\n%s\r\n".formatted(TEXT.length(), TEXT);

        assertDelivered(
                () -> new NatsClient(true), bytes("INFO {}\r\nPONG\r\nPING\r\n" + message + message), 2, "PONG\r\n");
    }

    @Test
    void redisMessagesAreCounted() {
        String message = "*3\r\n$7\r\nmessage\r\n$4\r\nchat\r\n$%d\r\n%s\r\n".formatted(TEXT.length(), TEXT);
        String subscribed = "*3\r\n$9\r\nsubscribe\r\n$4\r\nchat\r\n:1\r\n";

        assertDelivered(() -> new RedisClient(true), bytes(subscribed + message + message), 2, "");
    }

    @Test
    void ircMessagesAreCounted() {
        String text = TEXT.replace("\n", " ");
        String message = ":p1!~p1@localhost PRIVMSG #chat :%s\r\n".formatted(text);
        String joined = ":bench 376 r1 :End\r\n:r1!~r1@localhost JOIN :#chat\r\n:bench 366 r1 #chat :End\r\n";

        assertDelivered(
                () -> new IrcClient("r1", true),
                bytes(joined + message + "PING :bench\r\n" + message),
                2,
                "JOIN #chat\r\nPONG :here\r\n",
                text);
    }

    @Test
    void mqttMessagesAreCounted() {
        Output in = new Output();
        in.put(0x20).put(2).putShort(0);
        in.put(0x90).put(3).putShort(1).put(0);
        for (int i = 0; i < 2; i++) {
            in.put(0x30)
                    .putVarint(2 + 4 + TEXT.length())
                    .putShort(4)
                    .put("chat")
                    .put(TEXT);
        }

        List<String> texts = new ArrayList<>();
        for (int cut = 0; cut <= in.size(); cut++) {
            ProtocolClient client = new MqttClient("r1", true);
            feed(client, in.toArray(), cut, texts, TEXT.length());
            assertThat(client.deliveries()).as("cut at %d", cut).isEqualTo(2);
            assertThat(client.isReady()).isTrue();
        }
        assertThat(texts).containsOnly(TEXT);
    }

    @Test
    void redisStreamIsReadOnFromItsNewestEntry() {
        String entry = "*2\r\n$3\r\n%d-0\r\n*2\r\n$1\r\nt\r\n$" + TEXT.length() + "\r\n" + TEXT + "\r\n";
        String reply = "*1\r\n*2\r\n$4\r\nchat\r\n*%d\r\n";
        String request = "*6\r\n$5\r\nXREAD\r\n$5\r\nBLOCK\r\n$1\r\n0\r\n$7\r\nSTREAMS\r\n$4\r\nchat\r\n$3\r\n%d-0\r\n";

        assertDelivered(
                () -> new RedisStreamClient(true),
                bytes("+PONG\r\n" + reply.formatted(2) + entry.formatted(1) + entry.formatted(2) + reply.formatted(1)
                        + entry.formatted(7)),
                3,
                request.formatted(2) + request.formatted(7));
    }

    @Test
    void redisStreamEntriesAreAcknowledged() {
        assertAcknowledged(
                () -> new RedisStreamClient(false), begin -> bytes("+PONG\r\n$3\r\n1-0\r\n$3\r\n1-1\r\n"), 2);
    }

    @Test
    void jetStreamMessagesAreCountedAndAcknowledged() {
        String made = "MSG %s 1 13\r\n{\"type\":\"ok\"}\r\n";
        String message = "MSG chat 2 $JS.ACK.1 %d\r\n%s\r\n".formatted(TEXT.length(), TEXT);
        String ack = "MSG %s 1 26\r\n{\"stream\":\"CHAT\", \"seq\":1}\r\n";

        assertAcknowledged(
                () -> new JetStreamClient(true),
                begin -> bytes(("INFO {}\r\n" + made + "PING\r\n" + ack + message + ack).replace("%s", inbox(begin))),
                2);
    }

    @Test
    void jetStreamThatAnotherPublisherMakesIsMadeAgain() {
        JetStreamClient client = new JetStreamClient(false);
        String begin = begin(client);
        String overlap =
                "{\"type\":\"x\",\"error\":{\"code\":400,\"err_code\":10065,\"description\":\"subjects overlap\"}}";
        Output out = new Output();
        client.read(
                ByteBuffer.wrap(bytes("MSG %s 1 %d\r\n%s\r\n".formatted(inbox(begin), overlap.length(), overlap))),
                out);

        assertThat(begin).endsWith(new String(out.toArray(), US_ASCII)).contains("STREAM.CREATE");
        assertThat(out.isEmpty()).isFalse();
        assertThat(client.isReady()).isFalse();
    }

    @Test
    void jetStreamThatRefusesIsAnError() {
        JetStreamClient client = new JetStreamClient(false);
        String error = "{\"type\":\"x\",\"error\":{\"code\":503}}";
        byte[] in = bytes("MSG %s 1 %d\r\n%s\r\n".formatted(inbox(begin(client)), error.length(), error));

        assertThatThrownBy(() -> client.read(ByteBuffer.wrap(in), new Output())).hasMessageContaining("503");
    }

    /** The name after SUB in what a client sends first. */
    private static String inbox(String begin) {
        return begin.replaceFirst("(?s).*?SUB (\\S+) 1.*", "$1");
    }

    @Test
    void postgresTransactionsAreAcknowledged() {
        byte[] ready = postgres('Z', "I");
        byte[] row = concat(postgres('2', ""), postgres('D', "12345"), postgres('C', "SELECT 1\0"), ready);

        assertAcknowledged(
                () -> new PostgresClient(PostgresClient.Role.NOTIFIER, 16),
                begin -> concat(postgres('R', "\0\0\0\0"), postgres('S', "a\0b\0"), ready, ready, ready, row, row),
                32);
        assertThatThrownBy(() -> new PostgresClient(PostgresClient.Role.INSERTER, 1)
                        .read(ByteBuffer.wrap(postgres('E', "SFATAL\0")), new Output()))
                .hasMessageContaining("FATAL");
    }

    @Test
    void postgresTransactionEndsAfterItsLastPublish() {
        PostgresClient client = new PostgresClient(PostgresClient.Role.INSERTER, 2);
        Output out = new Output();
        client.publish(out, bytes("one"));
        assertThat(new String(out.toArray(), US_ASCII)).doesNotContain("S\0\0\0\4");
        client.publish(out, bytes("two"));
        assertThat(new String(out.toArray(), US_ASCII)).endsWith("S\0\0\0\4");
    }

    @Test
    void postgresNotificationsAreCounted() {
        byte[] notification = postgres('A', "\0\0\0\1chat\0" + TEXT + "\0");

        assertDelivered(
                () -> new PostgresClient(PostgresClient.Role.RECEIVER, 1),
                concat(postgres('Z', "I"), postgres('C', "LISTEN\0"), postgres('Z', "I"), notification, notification),
                2,
                "Q\0\0\0\20LISTEN chat\0");
    }

    private static byte[] postgres(char type, String body) {
        return new Output().put(type).putInt(4 + body.length()).put(bytes(body)).toArray();
    }

    @Test
    void quorumQueueConfirmsAreCounted() {
        byte[] in = concat(
                amqp(10 << 16 | 10, ""),
                amqp(10 << 16 | 30, "\7\7\0\2\0\0\0\0"),
                amqp(10 << 16 | 41, ""),
                amqp(20 << 16 | 11, ""),
                amqp(50 << 16 | 11, "\4chat"),
                amqp(85 << 16 | 11, ""),
                amqp(60 << 16 | 80, "\0\0\0\0\0\0\0\1\0"),
                amqp(60 << 16 | 80, "\0\0\0\0\0\0\0\5\1"));

        assertAcknowledged(QuorumQueueClient::new, begin -> in, 5);
    }

    @Test
    void quorumQueueThatRefusesOrSkipsAPublishIsAnError() {
        byte[] refusal = amqp(60 << 16 | 120, "\0\0\0\0\0\0\0\1\0");
        byte[] second = amqp(60 << 16 | 80, "\0\0\0\0\0\0\0\2\0");

        assertThatThrownBy(() -> new QuorumQueueClient().read(ByteBuffer.wrap(refusal), new Output()))
                .isInstanceOf(BenchException.class);
        assertThatThrownBy(() -> new QuorumQueueClient().read(ByteBuffer.wrap(second), new Output()))
                .hasMessageContaining("publish 2 was acknowledged after 0");
    }

    private static byte[] amqp(int method, String arguments) {
        return new Output()
                .put(1)
                .putShort(1)
                .putInt(4 + arguments.length())
                .putInt(method)
                .put(bytes(arguments))
                .put(0xce)
                .toArray();
    }

    /** @param in what the server sends to a client that began like this */
    private static void assertAcknowledged(Supplier<ProtocolClient> made, Function<String, byte[]> in, int count) {
        int length = in.apply(begin(made.get())).length;
        for (int cut = 0; cut <= length; cut++) {
            AtomicInteger acknowledged = new AtomicInteger();
            ProtocolClient client = made.get();
            client.listenToAcknowledgements(acknowledged::addAndGet);
            String unused = feed(client, in.apply(begin(client)), cut, new ArrayList<>(), TEXT.length());
            assertThat(acknowledged).as("cut at %d", cut).hasValue(count);
            assertThat(client.isReady()).isTrue();
        }
    }

    private static String begin(ProtocolClient client) {
        Output out = new Output();
        client.begin(out);
        return new String(out.toArray(), US_ASCII);
    }

    @Test
    void publishedEventsAreCounted() {
        byte[] responses = concat(
                message(response(event(5, EventType.EVENT_TYPE_JOINED))),
                message(CAUGHT_UP.toByteArray()),
                message(response(
                        event(300, EventType.EVENT_TYPE_PUBLISHED), event(70_000, EventType.EVENT_TYPE_PUBLISHED))));

        for (int frame = 1; frame < responses.length; frame++) {
            byte[] in = concat(frame(SETTINGS, new byte[0]), frames(responses, frame));
            ProtocolClient client = new GrpcReceiver("localhost:1", "token", 0);
            List<String> texts = new ArrayList<>();
            feed(client, in, in.length / 2, texts, TEXT.length());
            assertThat(texts).as("frames of %d", frame).containsExactly(TEXT, TEXT);
            assertThat(client.isReady()).isTrue();
        }
    }

    @Test
    void everyCutOfAFramedStreamIsTheSame() {
        byte[] in = concat(
                frame(SETTINGS, new byte[0]),
                frames(message(response(event(7, EventType.EVENT_TYPE_PUBLISHED))), 20),
                frame(DATA, new byte[0]));

        assertDelivered(() -> receiverThatIsReady(), in, 1, null, TEXT);
    }

    private static ProtocolClient receiverThatIsReady() {
        ProtocolClient receiver = new GrpcReceiver("localhost:1", "token", 0);
        receiver.becomeReady();
        return receiver;
    }

    @Test
    void lamportTimesThatDoNotIncreaseAreAnError() {
        byte[] in = frame(
                DATA,
                message(response(event(7, EventType.EVENT_TYPE_PUBLISHED), event(7, EventType.EVENT_TYPE_PUBLISHED))));

        assertThatThrownBy(() -> receiverThatIsReady().read(ByteBuffer.wrap(in), new Output()))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("Lamport time 7 came after 7");
    }

    @Test
    void connectReceiverCountsPublishedEvents() {
        byte[] responses = concat(
                message(response(event(5, EventType.EVENT_TYPE_JOINED))),
                message(CAUGHT_UP.toByteArray()),
                message(response(
                        event(300, EventType.EVENT_TYPE_PUBLISHED), event(70_000, EventType.EVENT_TYPE_PUBLISHED))));

        for (int chunk : List.of(1, 20, responses.length)) {
            assertDelivered(() -> connectReceiver(ConnectEncoding.PROTO), chunked(responses, chunk), 2, "", TEXT);
        }
    }

    @Test
    void connectReceiverCountsPublishedEventsInJson() {
        String text = TEXT.replace("\n", "\\n");
        String hostile =
                quoted("','type':'EVENT_TYPE_PUBLISHED','text':'caughtUp\\\\").replace("\"", "\\\"");
        byte[] responses = concat(
                json(jsonEvent(5, "JOINED", text)),
                json(jsonEvent(6, "JOINED", hostile)),
                message(bytes(quoted("{'caughtUp':{'lamportTime':'6'}}"))),
                json(jsonEvent(300, "PUBLISHED", text), jsonEvent(70_000, "PUBLISHED", text)));

        for (int chunk : List.of(1, 20, responses.length)) {
            assertDelivered(() -> connectReceiver(ConnectEncoding.JSON), chunked(responses, chunk), 2, "", text);
        }
    }

    @Test
    void connectReceiverChecksLamportTimes() {
        byte[] proto = chunked(
                message(response(event(7, EventType.EVENT_TYPE_PUBLISHED), event(7, EventType.EVENT_TYPE_PUBLISHED))),
                20);
        byte[] json = chunked(json(jsonEvent(7, "PUBLISHED", TEXT), jsonEvent(7, "PUBLISHED", TEXT)), 20);

        assertThatThrownBy(() -> connectReceiver(ConnectEncoding.PROTO).read(ByteBuffer.wrap(proto), new Output()))
                .hasMessageContaining("Lamport time 7 came after 7");
        assertThatThrownBy(() -> connectReceiver(ConnectEncoding.JSON).read(ByteBuffer.wrap(json), new Output()))
                .hasMessageContaining("Lamport time 7 came after 7");
    }

    private static byte[] json(String... events) {
        return message(bytes(quoted("{'events':[") + String.join(",", events) + "]}"));
    }

    private static String jsonEvent(long lamportTime, String type, String text) {
        return quoted("{'lamportTime':'%d','type':'EVENT_TYPE_%s','participant':'alice','text':'%s','sequence':'1'}")
                .formatted(lamportTime, type, text);
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    @Test
    void endOfAConnectStreamIsAnError() {
        String end = "{\"error\":{\"code\":\"resource_exhausted\"}}";
        byte[] envelope = new Output().put(2).putInt(end.length()).put(end).toArray();

        assertThatThrownBy(() -> connectReceiver(ConnectEncoding.PROTO)
                        .read(ByteBuffer.wrap(chunked(envelope, envelope.length)), new Output()))
                .hasMessageContaining("resource_exhausted");
        assertThatThrownBy(() -> connectReceiver(ConnectEncoding.PROTO)
                        .read(ByteBuffer.wrap(concat(bytes(HEAD), bytes("0\r\n\r\n"))), new Output()))
                .hasMessageContaining("ended Broadcast");
        assertThatThrownBy(() -> connectReceiver(ConnectEncoding.PROTO)
                        .read(ByteBuffer.wrap(bytes("HTTP/1.1 421 \r\n\r\nno such name")), new Output()))
                .hasMessageContaining("421")
                .hasMessageContaining("no such name");
    }

    private static ProtocolClient connectReceiver(ConnectEncoding encoding) {
        ProtocolClient receiver = new ConnectReceiver("localhost:1", encoding, "token", 0);
        assertThat(begin(receiver))
                .startsWith("POST /chittychat.v1.ChatService/Broadcast HTTP/1.1\r\n")
                .contains("token");
        return receiver;
    }

    private static byte[] chunked(byte[] data, int size) {
        Output all = new Output().put(HEAD);
        for (int at = 0; at < data.length; at += size) {
            byte[] chunk = Arrays.copyOfRange(data, at, Math.min(data.length, at + size));
            all.put(Integer.toHexString(chunk.length) + "\r\n").put(chunk).put("\r\n");
        }
        return all.toArray();
    }

    @Test
    void refusedPublishIsAnError() {
        byte[] refusal = PublishResponse.newBuilder()
                .setSequence(1)
                .setError(Status.newBuilder().setCode(3))
                .build()
                .toByteArray();

        assertThatThrownBy(() -> new GrpcPublisher("localhost:1", "token", 1)
                        .read(ByteBuffer.wrap(frame(DATA, message(refusal))), new Output()))
                .hasMessageContaining("a publish was refused");
    }

    @Test
    void serverThatBreaksOffIsAnError() {
        assertThatThrownBy(() -> receiverThatIsReady()
                        .read(ByteBuffer.wrap(frame(GOAWAY, bytes("12345678no more"))), new Output()))
                .hasMessageContaining("aborted Broadcast")
                .hasMessageContaining("no more");
        assertThatThrownBy(() ->
                        new NatsClient(true).read(ByteBuffer.wrap(bytes("-ERR 'Slow Consumer'\r\n")), new Output()))
                .hasMessageContaining("Slow Consumer");
    }

    private static void assertDelivered(Supplier<ProtocolClient> made, byte[] in, int count, String answer) {
        assertDelivered(made, in, count, answer, TEXT);
    }

    private static void assertDelivered(
            Supplier<ProtocolClient> made, byte[] in, int count, @Nullable String answer, String text) {
        for (int cut = 0; cut <= in.length; cut++) {
            List<String> texts = new ArrayList<>();
            ProtocolClient client = made.get();
            String answered = feed(client, in, cut, texts, text.length());
            assertThat(texts).as("cut at %d", cut).hasSize(count).containsOnly(text);
            assertThat(client.deliveries()).isEqualTo(count);
            assertThat(client.isReady()).isTrue();
            if (answer != null) {
                assertThat(answered).isEqualTo(answer);
            }
        }
    }

    /** Presents it in two parts, as a connection would; what was answered. */
    private static String feed(ProtocolClient client, byte[] in, int cut, List<String> texts, int size) {
        client.listen((buffer, at) -> {
            byte[] text = new byte[size];
            buffer.get(at, text);
            texts.add(new String(text, UTF_8));
        });
        Output out = new Output();
        ByteBuffer buffer = ByteBuffer.wrap(in).limit(cut);
        client.read(buffer, out);
        ByteBuffer rest = ByteBuffer.wrap(in, buffer.position(), in.length - buffer.position())
                .slice();
        client.read(rest, out);
        assertThat(rest.hasRemaining()).isFalse();
        return new String(out.toArray(), US_ASCII);
    }

    private static Event event(long lamportTime, EventType type) {
        return Event.newBuilder()
                .setLamportTime(lamportTime)
                .setType(type)
                .setParticipant("alice")
                .setText(TEXT)
                .setSequence(1)
                .setPreviousLamportTime(lamportTime - 1)
                .build();
    }

    private static byte[] response(Event... events) {
        return BroadcastResponse.newBuilder()
                .addAllEvents(List.of(events))
                .build()
                .toByteArray();
    }

    private static byte[] message(byte[] message) {
        return new Output().put(0).putInt(message.length).put(message).toArray();
    }

    private static byte[] frames(byte[] data, int size) {
        Output all = new Output();
        for (int at = 0; at < data.length; at += size) {
            all.put(frame(DATA, Arrays.copyOfRange(data, at, Math.min(data.length, at + size))));
        }
        return all.toArray();
    }

    private static byte[] frame(int type, byte[] body) {
        return new Output()
                .put(body.length >>> 16)
                .putShort(body.length)
                .put(type)
                .put(0)
                .putInt(type == DATA ? 1 : 0)
                .put(body)
                .toArray();
    }

    private static byte[] concat(byte[]... parts) {
        Output all = new Output();
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.toArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }
}
