package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.SpaceTime;
import java.util.Locale;

/** A way to draw a part of a conversation. */
public enum Format {
    /** A picture. */
    SVG,
    /** A page for walking through the conversation. */
    HTML,
    /** The source of a sequence diagram. */
    PLANTUML,
    /** The source of another kind of sequence diagram. */
    MERMAID,
    /** A log with vector clocks. */
    SHIVIZ,
    /** Trace events, for Perfetto. */
    CHROME,
    /** Data. */
    JSON;

    /** Draws a part: the content of a file in UTF-8. */
    public String draw(SpaceTime part) {
        return switch (this) {
            case SVG -> SpaceTimeSvg.draw(part);
            case HTML -> SpaceTimeHtml.page(part);
            case PLANTUML -> PlantUml.of(part);
            case MERMAID -> Mermaid.of(part);
            case SHIVIZ -> ShiViz.of(part);
            case CHROME -> ChromeTrace.of(part);
            case JSON -> SpaceTimeJson.of(part);
        };
    }

    /** Whether a reader scrolls through it, or a program reads it, so that it may be long. */
    public boolean isLong() {
        return this == HTML || this == JSON || this == CHROME;
    }

    /** The name of a constant in JSON and in classes of SVG elements: {@code caught-up} for {@code CAUGHT_UP}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
