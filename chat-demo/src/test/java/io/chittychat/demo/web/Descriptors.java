package io.chittychat.demo.web;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.rpc.ErrorDetailsProto;
import io.chittychat.v1.ChatProto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The contract and the details of its errors, described for programs. */
final class Descriptors {

    private Descriptors() {}

    /** Writes a {@link FileDescriptorSet}. */
    static Path write(Path dir) throws IOException {
        try (InputStream contract =
                Objects.requireNonNull(ChatProto.class.getResourceAsStream("/chittychat/v1/chat.desc"))) {
            FileDescriptorSet set = FileDescriptorSet.parseFrom(contract).toBuilder()
                    .addFile(ErrorDetailsProto.getDescriptor().toProto())
                    .build();
            return Files.write(dir.resolve("contract.desc"), set.toByteArray());
        }
    }
}
