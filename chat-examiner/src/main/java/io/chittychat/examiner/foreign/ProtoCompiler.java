package io.chittychat.examiner.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Compiles a .proto file to descriptors, by the protoc that is packed with this program. */
final class ProtoCompiler {

    private static final List<String> WELL_KNOWN = List.of(
            "any",
            "api",
            "duration",
            "empty",
            "field_mask",
            "source_context",
            "struct",
            "timestamp",
            "type",
            "wrappers");

    private static final long BOUND_SECONDS = 60;

    private ProtoCompiler() {}

    /**
     * The descriptors of a file and of what it imports: files beside it, below a directory above it, or protobuf's own.
     *
     * @throws CannotExamineException if it is not valid, with what protoc says
     */
    static FileDescriptorSet compile(Path file) {
        try {
            Path dir = Files.createTempDirectory("chitty-check");
            try {
                return compile(file.toAbsolutePath().normalize(), dir);
            } finally {
                remove(dir);
            }
        } catch (IOException e) {
            throw new CannotExamineException("cannot compile " + file + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotExamineException("interrupted while " + file + " was compiled", e);
        }
    }

    private static FileDescriptorSet compile(Path file, Path dir) throws IOException, InterruptedException {
        Path protoc = dir.resolve("protoc.exe");
        unpack("protoc.exe", protoc);
        if (!protoc.toFile().setExecutable(true)) {
            throw new IOException(protoc + " cannot be made executable");
        }
        for (String name : WELL_KNOWN) {
            unpack(
                    "/google/protobuf/" + name + ".proto",
                    dir.resolve("google/protobuf").resolve(name + ".proto"));
        }
        Path out = dir.resolve("descriptors");
        Path said = dir.resolve("said");
        Process process = new ProcessBuilder(
                        protoc.toString(),
                        "--include_imports",
                        "--descriptor_set_out=" + out,
                        "--proto_path=" + file.getParent(),
                        "--proto_path=" + dir,
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("protoc did not end within " + BOUND_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw new CannotExamineException(file + " cannot be compiled:\n"
                    + Files.readString(said, UTF_8).strip());
        }
        return ContractFile.read(out);
    }

    private static void unpack(String resource, Path to) throws IOException {
        try (InputStream in = ProtoCompiler.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("this program was packed without " + resource);
            }
            Files.createDirectories(to.toAbsolutePath().getParent());
            Files.copy(in, to);
        }
    }

    private static void remove(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
