package io.chittychat.bench.protocol;

import java.nio.ByteBuffer;

/**
 * PostgreSQL: publishers insert rows by a prepared statement; receivers listen for notifications.
 *
 * @see <a href="https://www.postgresql.org/docs/15/protocol-message-formats.html">Message formats</a>
 */
public final class PostgresClient extends ProtocolClient {

    private static final int VERSION = 3 << 16;
    private static final int HEADER = 5; // bytes: type and length; the length counts itself
    private static final int CHANNEL = 4; // bytes of a notification before its channel

    private static final String TABLE = """
            SELECT pg_advisory_xact_lock(1);
            CREATE TABLE IF NOT EXISTS chat (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              recorded_at timestamptz NOT NULL DEFAULT now(),
              text text NOT NULL)""";
    private static final String INSERT = "INSERT INTO chat (text) VALUES ($1)";
    private static final String INSERT_AND_NOTIFY =
            "WITH said AS (" + INSERT + " RETURNING text) SELECT pg_notify('chat', text) FROM said";

    private final Role role;
    private final int batch;
    private int steps; // of the beginning that are done
    private int inBatch; // publishes of the current transaction

    /** What a client does. */
    public enum Role {
        RECEIVER,
        INSERTER,
        NOTIFIER
    }

    /** @param batch the publishes of a transaction */
    public PostgresClient(Role role, int batch) {
        this.role = role;
        this.batch = batch;
    }

    @Override
    public void begin(Output out) {
        String parameters = "user\0bench\0database\0postgres\0\0";
        out.putInt(2 * Integer.BYTES + parameters.length()).putInt(VERSION).put(parameters);
    }

    /** The beginning: each step begins when the server is ready for a query. */
    private void nextStep(Output out) {
        steps++;
        if (role == Role.RECEIVER && steps == 1) {
            query(out, "LISTEN chat");
        } else if (role != Role.RECEIVER && steps == 1) {
            query(out, TABLE);
        } else if (role != Role.RECEIVER && steps == 2) {
            String statement = "chat\0" + (role == Role.NOTIFIER ? INSERT_AND_NOTIFY : INSERT) + "\0";
            message(out, 'P', statement.length() + Short.BYTES).put(statement).putShort(0);
            message(out, 'S', 0);
        } else {
            becomeReady();
        }
    }

    private static void query(Output out, String statement) {
        message(out, 'Q', statement.length() + 1).put(statement).put(0);
    }

    private static Output message(Output out, char type, int length) {
        return out.put(type).putInt(Integer.BYTES + length);
    }

    @Override
    public void publish(Output out, byte[] text) {
        String names = "\0chat\0"; // no portal, and the statement
        message(out, 'B', names.length() + 3 * Short.BYTES + Integer.BYTES + text.length);
        out.put(names).putShort(0); // all parameters are texts
        out.putShort(1).putInt(text.length).put(text).putShort(0);
        message(out, 'E', 1 + Integer.BYTES).put(0).putInt(0); // all rows
        inBatch++;
        if (inBatch == batch) {
            inBatch = 0;
            message(out, 'S', 0); // commits
        }
    }

    @Override
    public void read(ByteBuffer in, Output out) {
        int at = in.position();
        int to = in.limit();
        while (at + HEADER <= to) {
            int next = at + 1 + in.getInt(at + 1);
            if (next > to) {
                break;
            }
            message(in, at, next, out);
            at = next;
        }
        in.position(at);
    }

    private void message(ByteBuffer in, int at, int next, Output out) {
        switch (in.get(at)) {
            case 'A' -> delivered(in, afterZero(in, at + HEADER + CHANNEL));
            case 'Z' -> {
                if (isReady()) {
                    acknowledged(batch);
                } else {
                    nextStep(out);
                }
            }
            case 'E' -> throw unexpected(in, at, next);
            case 'R' -> {
                if (in.getInt(at + HEADER) != 0) { // it wants a password
                    throw unexpected(in, at, next);
                }
            }
            default -> {} // parameters, notices, and parts of results
        }
    }

    private static int afterZero(ByteBuffer in, int from) {
        int at = from;
        while (in.get(at) != 0) {
            at++;
        }
        return at + 1;
    }
}
