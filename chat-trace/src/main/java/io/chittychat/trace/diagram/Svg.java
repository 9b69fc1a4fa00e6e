package io.chittychat.trace.diagram;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes elements of SVG, a line each; everything that is given is escaped. */
final class Svg {

    private final StringWriter target = new StringWriter();
    private final XMLStreamWriter xml;
    private int depth;

    Svg() {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(target);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the JDK cannot write XML", e);
        }
    }

    /** Attributes of an element: names and values in turn. */
    static Object[] attributes(Object... namesAndValues) {
        return namesAndValues;
    }

    /** Begins an element that others go into. */
    Svg open(String name, Object[]... attributes) {
        return write(() -> {
            indent();
            xml.writeStartElement(name);
            write(attributes);
            depth++;
        });
    }

    Svg close() {
        return write(() -> {
            depth--;
            indent();
            xml.writeEndElement();
        });
    }

    Svg empty(String name, Object[]... attributes) {
        return write(() -> {
            indent();
            xml.writeEmptyElement(name);
            write(attributes);
        });
    }

    /** An element with nothing but text in it. */
    Svg text(String name, String text, Object[]... attributes) {
        return write(() -> {
            indent();
            xml.writeStartElement(name);
            write(attributes);
            xml.writeCharacters(text);
            xml.writeEndElement();
        });
    }

    /** What was written, all elements closed. */
    String end() {
        write(() -> {
            xml.writeEndDocument();
            xml.close();
        });
        return target + "\n";
    }

    private void write(Object[]... attributes) throws XMLStreamException {
        for (Object[] some : attributes) {
            for (int i = 0; i + 1 < some.length; i += 2) {
                xml.writeAttribute(some[i].toString(), value(some[i + 1]));
            }
        }
    }

    /** Coordinates are written with two decimals at most, in every locale. */
    static String value(Object value) {
        if (!(value instanceof Double number)) {
            return value.toString();
        }
        BigDecimal rounded = BigDecimal.valueOf(number).setScale(2, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private void indent() throws XMLStreamException {
        if (target.getBuffer().length() > 0 || depth > 0) {
            xml.writeCharacters("\n" + "  ".repeat(depth));
        }
    }

    private Svg write(Writing writing) {
        try {
            writing.run();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write XML into memory", e);
        }
    }

    private interface Writing {
        void run() throws XMLStreamException;
    }
}
