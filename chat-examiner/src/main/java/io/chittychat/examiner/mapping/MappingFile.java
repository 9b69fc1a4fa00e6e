package io.chittychat.examiner.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chittychat.examiner.foreign.ForeignService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** A mapping as a file in YAML has it, before it is compared with the contract of the service. */
public final class MappingFile {

    private static final int MOST_BYTES = 1 << 20;

    private final MappingNode content;
    private final Optional<Path> dir;

    private MappingFile(MappingNode content, Optional<Path> dir) {
        this.content = content.onlyWith("proto", "service", "join", "publish", "leave", "broadcast");
        this.dir = dir;
    }

    /**
     * Reads a file.
     *
     * @throws MappingException if it is not readable, no YAML, or has unknown keys
     */
    public static MappingFile read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new MappingFile(
                    parse(new String(in.readNBytes(MOST_BYTES), UTF_8), file.toString()),
                    Optional.ofNullable(file.toAbsolutePath().getParent()));
        } catch (IOException e) {
            throw new MappingException(file.toString(), "the file cannot be read");
        }
    }

    /** The mapping of this system's own contract. */
    public static MappingFile ofOwnContract() {
        try (InputStream in = MappingFile.class.getResourceAsStream("chittychat.yml")) {
            if (in == null) {
                throw new IllegalStateException("the program was packed without its own mapping");
            }
            return new MappingFile(parse(new String(in.readAllBytes(), UTF_8), "chittychat.yml"), Optional.empty());
        } catch (IOException e) {
            throw new IllegalStateException("cannot read a resource", e);
        }
    }

    private static MappingNode parse(String text, String name) {
        try {
            Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            return MappingNode.of("", content == null ? "" : content);
        } catch (YAMLException e) {
            throw new MappingException(name, "the file is not valid YAML: " + e.getMessage());
        }
    }

    /** The name of the service, with or without its package. */
    public String service() {
        return content.required("service");
    }

    /** The file with the contract, if the mapping names one: from its own directory. */
    public Optional<Path> proto() {
        return content.text("proto")
                .map(name -> dir.map(from -> from.resolve(name)).orElse(Path.of(name)));
    }

    /**
     * The mapping.
     *
     * @param contracts finds the contract of the service by its name
     * @throws MappingException if it does not fit the contract
     */
    public Mapping resolve(Function<String, ForeignService> contracts) {
        return new MappingReader(contracts.apply(service())).read(content);
    }
}
