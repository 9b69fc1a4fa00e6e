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

/** Compressions that are wrong; gRPC's own name is what each of them claims to be. */
final class Compression implements Compressor {

    private final String encoding;
    private final UnaryOperator<byte[]> made;

    private Compression(String encoding, UnaryOperator<byte[]> made) {
        this.encoding = encoding;
        this.made = made;
    }

    /** Bytes as they are, under the name of some compression. */
    static Compression none(String encoding) {
        return new Compression(encoding, bytes -> bytes);
    }

    /** Gzip whose end is missing. */
    static Compression truncatedGzip() {
        return new Compression("gzip", bytes -> {
            byte[] zipped = gzip(bytes);
            return Arrays.copyOf(zipped, zipped.length - 12);
        });
    }

    /** Gzip as it has to be. */
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

    /** For a channel whose calls say {@code withCompression(getMessageEncoding())}. */
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
