package io.chittychat.examiner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentationTest {

    @ParameterizedTest
    @ValueSource(strings = {"one-stream", "named", "lines"})
    void mappingsInTheDocumentationAreThoseThatAreTried(String name) throws IOException {
        assertThat(Files.readString(Path.of("../docs/check.md")))
                .contains("```yaml\n" + Files.readString(Path.of(Checked.mapping(name))) + "```\n");
    }
}
