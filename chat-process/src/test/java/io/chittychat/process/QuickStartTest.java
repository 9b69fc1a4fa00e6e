package io.chittychat.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickStartTest {

    @TempDir
    private Path dir;

    private RunnableJar packed;

    /** Unpacks itself as Spring Boot's jars do, or prints its first argument. */
    public static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws IOException {
            if ("tools".equals(System.getProperty("jarmode"))) {
                Path jar = Path.of(System.getProperty("java.class.path", ""));
                Path destination = Files.createDirectories(Path.of(arguments[2]));
                Files.copy(jar, destination.resolve(jar.getFileName()));
            } else {
                System.out.println(arguments[0]);
            }
        }
    }

    @BeforeEach
    void pack() throws IOException {
        packed = new RunnableJar(dir.resolve("program.jar"), List.of("-XX:+UseSerialGC"));
        pack("first");
    }

    @Test
    void packedProgramIsUsedUntilAnotherIsMade() {
        assertThat(packed.quick()).isEqualTo(packed);

        RunnableJar made = packed.prepared(List.of(), List.of("training"));
        assertThat(packed.quick()).isEqualTo(made).isNotEqualTo(packed);
        assertThat(made.jvmOptions())
                .contains("-XX:+UseSerialGC")
                .last()
                .asString()
                .startsWith("-XX:SharedArchiveFile=");
        assertThat(printedBy(made)).isEqualTo("hello\n");
        assertThat(dir.resolve("quick/output")).hasContent("training");
    }

    @Test
    void itIsMadeOnce() {
        RunnableJar made = packed.prepared(List.of(), List.of("once"));

        assertThat(packed.prepared(List.of(), List.of("twice"))).isEqualTo(made);
        assertThat(dir.resolve("quick/output")).hasContent("once");
    }

    @Test
    void whatWasMadeOfAnotherJarIsNotUsedButMadeAnew() throws IOException {
        RunnableJar made = packed.prepared(List.of(), List.of("training"));
        pack("second");

        assertThat(packed.quick()).isEqualTo(packed);
        packed.prepared(List.of(), List.of("training"));
        assertThat(made.file()).hasSameBinaryContentAs(packed.file());
        assertThat(printedBy(packed.quick())).isEqualTo("hello\n");
    }

    private void pack(String build) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Program.class.getName());
        String entry = Program.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(packed.file()), manifest);
                InputStream code = Objects.requireNonNull(
                        Program.class.getClassLoader().getResourceAsStream(entry), "the program's class")) {
            jar.putNextEntry(new ZipEntry(entry));
            code.transferTo(jar);
            jar.putNextEntry(new ZipEntry("build"));
            jar.write(build.getBytes(UTF_8));
        }
    }

    private String printedBy(RunnableJar program) {
        Path output = dir.resolve("printed");
        try (Children children = new Children()) {
            ChildProcess child = children.start("the program", program.command(List.of("hello")), dir, output);
            assertThat(child.awaitExit(Duration.ofSeconds(60))).hasValue(0);
            return child.output();
        }
    }
}
