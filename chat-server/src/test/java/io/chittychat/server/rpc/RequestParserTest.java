package io.chittychat.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.chittychat.server.rpc.RequestParser.UnreadableException;
import io.chittychat.text.MessageText;
import io.chittychat.v1.ChatServiceGrpc;
import io.chittychat.v1.PublishRequest;
import io.grpc.KnownLength;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class RequestParserTest {

    private static final PublishRequest HELLO = PublishRequest.newBuilder()
            .setSessionToken("token")
            .setText("hello")
            .setLamportTime(7)
            .setSequence(-1)
            .build();

    private final RequestParser<PublishRequest> requests =
            new RequestParser<>(ChatServiceGrpc.getPublishMethod().getRequestMarshaller());

    private PublishRequest parse(byte[] bytes) throws UnreadableException {
        return requests.parse(new ByteArrayInputStream(bytes));
    }

    private Status refusal(InputStream stream) {
        return catchThrowableOfType(UnreadableException.class, () -> requests.parse(stream))
                .status();
    }

    private static byte[] withText(byte[] text) {
        return UnknownFieldSet.newBuilder()
                .mergeLengthDelimitedField(PublishRequest.TEXT_FIELD_NUMBER, ByteString.copyFrom(text))
                .build()
                .toByteArray();
    }

    @Test
    void messageIsRead() throws UnreadableException {
        assertThat(parse(HELLO.toByteArray())).isEqualTo(HELLO);
        assertThat(parse(new byte[0])).isEqualTo(PublishRequest.getDefaultInstance());
    }

    @Test
    void requestOfKnownLengthIsReadWithoutALargerBuffer() throws UnreadableException {
        byte[] bytes = HELLO.toByteArray();
        class Sized extends ByteArrayInputStream implements KnownLength {
            Sized() {
                super(bytes);
            }

            @Override
            public byte[] readAllBytes() {
                throw new AssertionError("allocates a buffer of 16 KB");
            }
        }
        assertThat(requests.parse(new Sized())).isEqualTo(HELLO);
    }

    @Test
    void bytesThatAreNotUtf8BecomeLoneSurrogates() throws UnreadableException {
        PublishRequest parsed = parse(concat(HELLO.toByteArray(), withText(new byte[] {'h', 'i', (byte) 0xc3, '('})));

        assertThat(parsed.getText()).isEqualTo("hi\udcc3(");
        assertThat(MessageText.isWellFormed(parsed.getText())).isFalse();
        assertThat(parsed.toBuilder().setText("hello").build()).isEqualTo(HELLO); // all other fields are unchanged
    }

    @Test
    void longStringThatIsNotUtf8IsCut() throws UnreadableException {
        byte[] text = new byte[1_000_000];
        text[text.length - 1] = (byte) 0xff; // beyond the part that is kept

        String kept = parse(withText(text)).getText();
        assertThat(kept.length()).isLessThan(2000);
        assertThat(MessageText.isWellFormed(kept)).isFalse();
    }

    @Test
    void unknownFieldsAreDropped() throws UnreadableException {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .mergeVarintField(1000, 1)
                .mergeLengthDelimitedField(1001, ByteString.copyFromUtf8("x"))
                .build();
        assertThat(parse(concat(HELLO.toByteArray(), unknown.toByteArray()))).isEqualTo(HELLO);
        PublishRequest lenient = parse(concat(unknown.toByteArray(), withText(new byte[] {(byte) 0xff})));
        assertThat(lenient.getUnknownFields().asMap()).isEmpty();
    }

    @Test
    void malformedMessagesAreRefused() {
        byte[] text = withText(new byte[] {(byte) 0xff});
        for (byte[] bytes : new byte[][] {
            {(byte) 0xff, 1, 2}, // a truncated tag
            {0x0a}, // a missing length
            {0x0a, 5, 'a'}, // a length that is too large
            {0x0c}, // the end of a group without its begin
            {0}, // field number 0
            concat(text, new byte[] {0x0a, 5}),
            concat(text, new byte[] {0x0c})
        }) {
            assertThat(refusal(new ByteArrayInputStream(bytes))).isSameAs(RequestParser.MALFORMED);
        }
    }

    @Test
    void deeplyNestedGroupsAreRefused() {
        byte[] groups = new byte[1_000_000];
        Arrays.fill(groups, (byte) 0x7b); // each byte begins a nested group

        assertThat(refusal(new ByteArrayInputStream(groups))).isSameAs(RequestParser.MALFORMED);
    }

    @Test
    void requestThatCannotBeDecompressedIsRefused() {
        assertThat(refusal(failing(new ZipException("Not in GZIP format")))).isSameAs(RequestParser.BROKEN);
        assertThat(refusal(failing(Status.INTERNAL.asRuntimeException()))).isSameAs(RequestParser.BROKEN);
        assertThat(refusal(failing(Status.RESOURCE_EXHAUSTED.asRuntimeException())))
                .isSameAs(RequestParser.TOO_LARGE);
    }

    @Test
    void onlyProtobufMarshallersAreAccepted() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestParser<>(new SliceMarshaller()));
    }

    private static InputStream failing(Exception failure) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                if (failure instanceof RuntimeException unchecked) {
                    throw unchecked;
                }
                throw (IOException) failure;
            }
        };
    }

    private static byte[] concat(byte[] one, byte[] other) {
        return ByteString.copyFrom(one).concat(ByteString.copyFrom(other)).toByteArray();
    }
}
