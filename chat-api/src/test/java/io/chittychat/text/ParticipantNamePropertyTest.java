package io.chittychat.text;

import static io.chittychat.property.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.property.Draw;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ParticipantNamePropertyTest {

    private static String name(Draw draw) {
        return draw.until(name -> ParticipantName.problem(name).isEmpty(), each -> switch (each.below(4)) {
            case 0 -> each.text(0, 40);
            case 1 -> each.text(0, 40, '\u00c0', '\u052f');
            case 2 -> each.text(0, 40, '\u1e00', '\u1fff');
            default -> each.text(0, 40, '\uf900', '\ufdff');
        });
    }

    @Test
    void shownFormIsComposedAndWithinTheLimit() {
        forAll(ParticipantNamePropertyTest::name, raw -> {
            String shown = ParticipantName.of(raw).value();

            assertThat(Normalizer.isNormalized(shown, Form.NFC)).isTrue();
            assertThat(shown.codePointCount(0, shown.length())).isBetween(1, ParticipantName.MAX_CODE_POINTS);
        });
    }

    @Test
    void nameReadFromItsShownFormIsTheSame() {
        forAll(ParticipantNamePropertyTest::name, raw -> {
            ParticipantName name = ParticipantName.of(raw);

            assertThat(ParticipantName.of(name.value())).isEqualTo(name);
        });
    }

    @Test
    void spellingDoesNotMatter() {
        forAll(ParticipantNamePropertyTest::name, raw -> {
            String decomposed = Normalizer.normalize(raw, Form.NFD);

            assertThat(ParticipantName.of(decomposed)).isEqualTo(ParticipantName.of(raw));
        });
    }

    @Test
    void keyIsInLowerCase() {
        forAll(ParticipantNamePropertyTest::name, raw -> {
            String key = ParticipantName.of(raw).key();

            assertThat(key).isEqualTo(key.toLowerCase(Locale.ROOT));
        });
    }
}
