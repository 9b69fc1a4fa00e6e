package io.chittychat.demo.faults.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The headers of a call. They are sent as literals without indexing, so that a block means the same wherever
 * and how often it is sent.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7541#section-6.2.2">RFC 7541, section 6.2.2</a>
 */
public record HeaderBlock(List<Header> headers) {

    private static final String SERVICE = "/chittychat.v1.ChatService/";
    private static final int LENGTH_BITS = 0x7f;

    /** A header; names are written as they are given, also where HTTP/2 wants lower case. */
    public record Header(String name, String value) {}

    public HeaderBlock {
        headers = List.copyOf(headers);
    }

    /** The headers of a call of the chat service. */
    public static HeaderBlock of(String method) {
        return ofPath(SERVICE + method);
    }

    /** The headers of a gRPC call. */
    public static HeaderBlock ofPath(String path) {
        return new HeaderBlock(List.of(
                new Header(":method", "POST"),
                new Header(":scheme", "http"),
                new Header(":path", path),
                new Header(":authority", "localhost"),
                new Header("content-type", "application/grpc"),
                new Header("te", "trailers")));
    }

    /** With another value of a header. */
    public HeaderBlock set(String name, String value) {
        List<Header> changed = new ArrayList<>(headers);
        changed.replaceAll(header -> header.name().equals(name) ? new Header(name, value) : header);
        return new HeaderBlock(changed);
    }

    /** With one more header behind the others. */
    public HeaderBlock add(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new HeaderBlock(more);
    }

    public HeaderBlock without(String name) {
        return new HeaderBlock(
                headers.stream().filter(header -> !header.name().equals(name)).toList());
    }

    /** As it is sent. */
    public byte[] encoded() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Header header : headers) {
            out.write(0);
            string(out, header.name());
            string(out, header.value());
        }
        return out.toByteArray();
    }

    private static void string(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        length(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void length(ByteArrayOutputStream out, int length) {
        if (length < LENGTH_BITS) {
            out.write(length);
            return;
        }
        out.write(LENGTH_BITS);
        int left = length - LENGTH_BITS;
        while (left > LENGTH_BITS) {
            out.write(left & LENGTH_BITS | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }
}
