package io.chittychat.client.shell;

import io.chittychat.text.MessageText;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Marks the end of a message that is too long while the user types it. */
public final class TooLongHighlighter implements Highlighter {

    private final Function<String, Optional<String>> messages;

    /** @param messages the message that a line would publish; empty for a command */
    public TooLongHighlighter(Function<String, Optional<String>> messages) {
        this.messages = messages;
    }

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        int excess = messages.apply(buffer).map(MessageText::length).orElse(0) - MessageText.MAX_CODE_POINTS;
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
