package io.chittychat.bench.protocol;

import java.nio.ByteBuffer;

/**
 * An IRC channel that all clients may write to, so that publishers need not be members, and receive nothing.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2812">RFC 2812</a>
 */
public final class IrcClient extends ProtocolClient {

    private static final byte[] SAY = {'P', 'R', 'I', 'V', 'M', 'S', 'G', ' ', '#', 'c', 'h', 'a', 't', ' ', ':'};
    private static final byte[] END = {'\r', '\n'};

    private final String nick;
    private final boolean receives;

    /**
     * @param nick unique, and at most nine characters long
     * @param receives whether it joins the channel
     */
    public IrcClient(String nick, boolean receives) {
        this.nick = nick;
        this.receives = receives;
    }

    @Override
    public void begin(Output out) {
        out.put("NICK " + nick + "\r\nUSER " + nick + " 0 * :" + nick + "\r\n");
    }

    @Override
    public void publish(Output out, byte[] text) {
        out.put(SAY).put(text).put(END);
    }

    @Override
    public void read(ByteBuffer in, Output out) {
        int at = in.position();
        int to = in.limit();
        for (int newline = AsciiLines.newline(in, at, to); newline >= 0; newline = AsciiLines.newline(in, at, to)) {
            line(in, at, newline, out);
            at = newline + 1;
        }
        in.position(at);
    }

    /** {@code :who COMMAND ...}, or a command of the server itself. */
    private void line(ByteBuffer in, int from, int newline, Output out) {
        int command = from;
        if (in.get(from) == ':') {
            while (in.get(command++) != ' ') {
                // to the space
            }
        }
        if (AsciiLines.startsWith(in, command, newline, "PRIVMSG #chat :")) {
            delivered(in, command + SAY.length);
        } else if (AsciiLines.startsWith(in, command, newline, "PING")) {
            out.put("PONG :here\r\n");
        } else if (AsciiLines.startsWith(in, command, newline, "376")
                || AsciiLines.startsWith(in, command, newline, "422")) {
            greeted(out);
        } else if (AsciiLines.startsWith(in, command, newline, "366")) { // the end of the list of members
            becomeReady();
        } else if (AsciiLines.startsWith(in, command, newline, "ERROR") || isRefusal(in, command, newline)) {
            throw unexpected(in, from, newline);
        }
    }

    private void greeted(Output out) {
        if (receives) {
            out.put("JOIN #chat\r\n");
        } else {
            becomeReady();
        }
    }

    private static boolean isRefusal(ByteBuffer in, int command, int newline) {
        return newline - command > 3
                && (in.get(command) == '4' || in.get(command) == '5')
                && Character.isDigit(in.get(command + 1))
                && Character.isDigit(in.get(command + 2));
    }
}
