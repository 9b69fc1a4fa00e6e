package io.chittychat.examiner.foreign;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A contract in a file: a .proto, or a set of descriptors as {@code protoc --descriptor_set_out} writes it. */
public final class ContractFile {

    private static final int MOST_BYTES = 16 << 20;

    private ContractFile() {}

    /**
     * A service in a file.
     *
     * @param name of the service, with or without its package
     * @throws CannotExamineException if the file cannot be read or compiled, or does not have it
     */
    public static ForeignService service(Path file, String name) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CannotExamineException("cannot read the contract " + file);
        }
        FileDescriptorSet files = file.toString().endsWith(".proto") ? ProtoCompiler.compile(file) : read(file);
        return ForeignService.among(LinkedFiles.services(files.getFileList()), name, file.toString());
    }

    static FileDescriptorSet read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return FileDescriptorSet.parseFrom(in.readNBytes(MOST_BYTES));
        } catch (IOException e) {
            throw new CannotExamineException(file + " is neither a .proto nor a set of descriptors", e);
        }
    }
}
