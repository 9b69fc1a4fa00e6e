package io.chittychat.trace.diagram;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SpaceTimeHtmlTest {

    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);

    @Test
    void onlyItsOwnScriptIsAllowed() throws Exception {
        String page = SpaceTimeHtml.page(Samples.small());
        Matcher script = SCRIPT.matcher(page);
        assertThat(script.find()).isTrue();
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256")
                        .digest(script.group(1).getBytes(UTF_8)));
        assertThat(page).contains("default-src 'none'; script-src 'sha256-" + hash + "';");
    }

    @Test
    void foreignTextEndsNoElement() {
        String page = SpaceTimeHtml.page(new Played(Samples.HOSTILE, "{{script}}")
                .join(0)
                .join(1)
                .say(1, Samples.HOSTILE)
                .end());
        assertThat(page.split("<script", -1)).hasSize(3);
        assertThat(page.split("</script", -1)).hasSize(3);
        assertThat(page).doesNotContain("<img", "\u2028").contains("{{script}}");
    }

    @Test
    void nothingIsFetchedFromAnywhere() {
        assertThat(SpaceTimeHtml.page(Samples.full())).doesNotContain("src=", "href=", "@import", "url(");
    }
}
