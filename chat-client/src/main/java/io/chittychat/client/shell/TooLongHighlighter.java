package io.chittychat.client.shell;

import io.chittychat.text.MessageText;
import java.util.regex.Pattern;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Shows what of a message that is being typed is too much. */
public final class TooLongHighlighter implements Highlighter {

    private final MessageRule rule;

    /** A highlighter for what the rule says is a message. */
    public TooLongHighlighter(MessageRule rule) {
        this.rule = rule;
    }

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        int excess = rule.message(buffer).map(MessageText::length).orElse(0) - MessageText.MAX_CODE_POINTS;
        if (excess <= 0) {
            return new AttributedString(buffer);
        }
        int from = buffer.offsetByCodePoints(buffer.length(), -excess);
        return new AttributedStringBuilder()
                .append(buffer.substring(0, from))
                .styled(AttributedStyle.INVERSE, buffer.substring(from))
                .toAttributedString();
    }

    @Override
    public void setErrorPattern(Pattern errorPattern) {}

    @Override
    public void setErrorIndex(int errorIndex) {}
}
