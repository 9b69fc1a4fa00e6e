package io.chittychat.server.rpc;

import io.grpc.Codec;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Compressions for tests, most of them invalid, under the name of an encoding. */
final class Compression implements Compressor {

    private final String encoding;
    private final UnaryOperator<byte[]> made;

    private Compression(String encoding, UnaryOperator<byte[]> made) {
        this.encoding = encoding;
        this.made = made;
    }

    /** Uncompressed bytes under the name of an encoding. */
    static Compression none(String encoding) {
        return new Compression(encoding, bytes -> bytes);
    }

    /** Gzip without its end. */
    static Compression truncatedGzip() {
        return new Compression("gzip", bytes -> {
            byte[] zipped = gzip(bytes);
            return Arrays.copyOf(zipped, zipped.length - 12);
        });
    }

    /** Valid gzip. */
    static Compression rightGzip() {
        return new Compression("gzip", Compression::gzip);
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream gzip = new Codec.Gzip().compress(zipped)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("in memory", e);
        }
        return zipped.toByteArray();
    }

    /** A registry for a channel; its calls need {@code withCompression(getMessageEncoding())}. */
    CompressorRegistry registry() {
        CompressorRegistry registry = CompressorRegistry.newEmptyInstance();
        registry.register(this);
        return registry;
    }

    @Override
    public String getMessageEncoding() {
        return encoding;
    }

    @Override
    public OutputStream compress(OutputStream target) {
        return new FilterOutputStream(new ByteArrayOutputStream()) {
            @Override
            public void close() throws IOException {
                target.write(made.apply(((ByteArrayOutputStream) out).toByteArray()));
                target.close();
            }
        };
    }
}
