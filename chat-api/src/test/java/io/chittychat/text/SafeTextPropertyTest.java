package io.chittychat.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SafeTextPropertyTest {

    @Provide
    Arbitrary<String> foreign() {
        return Texts.foreign();
    }

    @Provide
    Arbitrary<String> harmless() {
        return Texts.harmless();
    }

    @Property
    void outputHasNoHarmfulCharacter(@ForAll("foreign") String text) {
        assertThat(Texts.isHarmful(SafeText.of(text))).isFalse();
    }

    @Property
    void outputIsOneLine(@ForAll("foreign") String text) {
        assertThat(Texts.lines(SafeText.of(text))).isOne();
    }

    @Property
    void safeTextStaysAsItIs(@ForAll("foreign") String text) {
        String safe = SafeText.of(text);

        assertThat(SafeText.of(safe)).isEqualTo(safe);
    }

    @Property
    void harmlessTextStaysAsItIs(@ForAll("harmless") String text) {
        assertThat(SafeText.of(text)).isEqualTo(text);
    }
}
