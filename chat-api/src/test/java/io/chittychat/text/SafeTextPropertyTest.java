package io.chittychat.text;

import static io.chittychat.property.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextPropertyTest {

    @Test
    void outputHasNoHarmfulCharacter() {
        forAll(
                Texts::foreign,
                text -> assertThat(Texts.isHarmful(SafeText.of(text))).isFalse());
    }

    @Test
    void outputIsOneLine() {
        forAll(
                Texts::foreign,
                text -> assertThat(Texts.lines(SafeText.of(text))).isOne());
    }

    @Test
    void safeTextIsUnchanged() {
        forAll(Texts::foreign, text -> {
            String safe = SafeText.of(text);

            assertThat(SafeText.of(safe)).isEqualTo(safe);
        });
    }

    @Test
    void harmlessTextIsUnchanged() {
        forAll(Texts::harmless, text -> assertThat(SafeText.of(text)).isEqualTo(text));
    }
}
