package io.chittychat.trace.diagram;

import io.chittychat.trace.spacetime.SpaceTime;

/** A way to draw a part of a conversation. */
public enum Format {
    /** A picture. */
    SVG,
    /** A page that lets one walk through it. */
    HTML,
    /** A sequence diagram, the text of it. */
    PLANTUML,
    /** Data. */
    JSON;

    /** Draws it; what to write into a file in UTF-8. */
    public String draw(SpaceTime part) {
        return switch (this) {
            case SVG -> SpaceTimeSvg.draw(part);
            case HTML -> SpaceTimeHtml.page(part);
            case PLANTUML -> PlantUml.of(part);
            case JSON -> SpaceTimeJson.of(part);
        };
    }
}
