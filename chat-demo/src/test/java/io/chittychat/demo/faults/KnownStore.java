package io.chittychat.demo.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/**
 * Writes a long history into a new store that no service has open, with the digests that docs/reliability.md describes: the
 * service would refuse it if the description were wrong.
 */
final class KnownStore {

    private static final long RECORDED_AT = 1_795_264_043_000_000L; // microseconds since 1970
    private static final int DIGEST = 16; // bytes

    private final MessageDigest sha256;
    private byte[] digest = new byte[DIGEST];

    private KnownStore() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A historian joins, says so many things, and leaves at that many plus 2. */
    static void write(Path file, int messages) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.setAutoCommit(false);
            KnownStore store = new KnownStore();
            store.writeEvents(connection, messages);
            store.writeMark(connection, messages + 2);
            connection.commit();
        }
    }

    private void writeEvents(Connection connection, int messages) throws SQLException, IOException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO page (through, digests, events) VALUES (?, ?, ?)")) {
            int last = messages + 2;
            StringBuilder events = new StringBuilder();
            ByteArrayOutputStream digests = new ByteArrayOutputStream();
            for (int time = 1; time <= last; time++) {
                String type = time == 1 ? "joined" : time == last ? "left" : "published";
                String text = type.equals("published")
                        ? "In the year " + time + " nothing much happened."
                        : "Participant historian " + type + " Chitty-Chat at Lamport time " + time;
                events.append(events.isEmpty() ? "[" : ",")
                        .append("[%d,%d,%d,\"%s\",\"historian\",\"%s\",0,0"
                                .formatted(time, time - 1, RECORDED_AT, type, text))
                        .append(time == 1 ? ",\"historian\",null,null]" : "]");
                digests.write(new byte[16]);
                digests.write(eventDigest(time, type, text));
                if (time % 100 == 0 || time == last) {
                    insert.setLong(1, time);
                    insert.setBytes(2, digests.toByteArray());
                    insert.setString(3, events.append("]").toString());
                    insert.executeUpdate();
                    events.setLength(0);
                    digests.reset();
                }
            }
        }
    }

    private byte[] eventDigest(long time, String type, String text) throws IOException {
        Content content = new Content('e');
        content.out.write(digest);
        content.out.writeLong(time);
        content.out.writeLong(time - 1);
        content.out.writeLong(0);
        content.out.writeLong(RECORDED_AT);
        content.out.write(new byte[16]);
        content.string("historian");
        content.string(type);
        content.string(text);
        content.out.writeLong(0);
        if (time == 1) {
            content.string("historian");
            content.out.writeLong(0);
        }
        digest = content.digest();
        return digest;
    }

    private void writeMark(Connection connection, long through) throws SQLException, IOException {
        try (Statement statement = connection.createStatement();
                ResultSet log = statement.executeQuery("SELECT epoch FROM log");
                PreparedStatement update =
                        connection.prepareStatement("UPDATE log SET marked_through = ?, digest = ?")) {
            Content content = new Content('l');
            content.string(log.getString(1));
            content.out.writeLong(0);
            content.out.writeLong(through);
            content.out.write(new byte[DIGEST]);
            content.out.writeLong(0);
            content.out.write(new byte[DIGEST]);
            update.setLong(1, through);
            update.setBytes(2, content.digest());
            update.executeUpdate();
        }
    }

    private final class Content {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        Content(char kind) throws IOException {
            out.writeLong(kind);
        }

        void string(String text) throws IOException {
            byte[] utf8 = text.getBytes(UTF_8);
            out.writeInt(utf8.length);
            out.write(utf8);
        }

        byte[] digest() {
            return Arrays.copyOf(sha256.digest(bytes.toByteArray()), DIGEST);
        }
    }
}
