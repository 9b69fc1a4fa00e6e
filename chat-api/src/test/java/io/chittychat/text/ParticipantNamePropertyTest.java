package io.chittychat.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ParticipantNamePropertyTest {

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(40),
                        Arbitraries.strings().withCharRange('\u00c0', '\u052f').ofMaxLength(40),
                        Arbitraries.strings().withCharRange('\u1e00', '\u1fff').ofMaxLength(40),
                        Arbitraries.strings().withCharRange('\uf900', '\ufdff').ofMaxLength(40))
                .filter(name -> ParticipantName.problem(name).isEmpty());
    }

    @Property
    void shownFormIsComposedAndWithinTheLimit(@ForAll("names") String raw) {
        String shown = ParticipantName.of(raw).value();

        assertThat(Normalizer.isNormalized(shown, Form.NFC)).isTrue();
        assertThat(shown.codePointCount(0, shown.length())).isBetween(1, ParticipantName.MAX_CODE_POINTS);
    }

    @Property
    void nameReadFromItsShownFormIsTheSame(@ForAll("names") String raw) {
        ParticipantName name = ParticipantName.of(raw);

        assertThat(ParticipantName.of(name.value())).isEqualTo(name);
    }

    @Property
    void spellingDoesNotMatter(@ForAll("names") String raw) {
        String decomposed = Normalizer.normalize(raw, Form.NFD);

        assertThat(ParticipantName.of(decomposed)).isEqualTo(ParticipantName.of(raw));
    }

    @Property
    void keyIsInLowerCase(@ForAll("names") String raw) {
        String key = ParticipantName.of(raw).key();

        assertThat(key).isEqualTo(key.toLowerCase(Locale.ROOT));
    }
}
