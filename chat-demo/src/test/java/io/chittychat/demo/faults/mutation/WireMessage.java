package io.chittychat.demo.faults.mutation;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A protobuf message as the list of its fields, which may be put together wrongly again.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protobuf's encoding</a>
 */
record WireMessage(List<Field> fields) {

    /**
     * A field.
     *
     * @param tag number and wire type
     * @param content behind the tag, and behind the length if it has one
     */
    record Field(long tag, byte[] content) {

        static Field varint(int number, long value) {
            return new Field((long) number << 3 | WireFormat.WIRETYPE_VARINT, WireMessage.number(value));
        }

        static Field bytes(int number, byte[] content) {
            return new Field((long) number << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED, content);
        }

        int number() {
            return (int) (tag >>> 3);
        }

        boolean hasLength() {
            return (tag & 7) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
        }

        byte[] encoded() {
            return encoded(content.length);
        }

        /** With a length that may be a lie. */
        byte[] encoded(long length) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(WireMessage.number(tag));
            if (hasLength()) {
                out.writeBytes(WireMessage.number(length));
            }
            out.writeBytes(content);
            return out.toByteArray();
        }
    }

    WireMessage {
        fields = List.copyOf(fields);
    }

    /** Takes a message apart that has nothing but numbers, strings and messages. */
    static WireMessage of(byte[] message) {
        List<Field> fields = new ArrayList<>();
        CodedInputStream in = CodedInputStream.newInstance(message);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                byte[] content = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT
                        ? number(in.readRawVarint64())
                        : in.readByteArray();
                fields.add(new Field(tag, content));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("only messages that are right can be taken apart", e);
        }
        return new WireMessage(fields);
    }

    byte[] encoded() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        fields.forEach(field -> out.writeBytes(field.encoded()));
        return out.toByteArray();
    }

    /** A varint. */
    static byte[] number(long value) {
        byte[] bytes = new byte[CodedOutputStream.computeUInt64SizeNoTag(value)];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            out.writeUInt64NoTag(value);
        } catch (IOException e) {
            throw new IllegalStateException("there is room for it", e);
        }
        return bytes;
    }
}
