package io.chittychat.trace.diagram;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes elements of SVG, one in a line; names, values and texts are escaped. */
final class SvgWriter {

    private final StringWriter target = new StringWriter();
    private final XMLStreamWriter xml;
    private int depth;

    SvgWriter() {
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

    /** Begins an element with children. */
    SvgWriter open(String name, Object[]... attributes) {
        return write(() -> {
            indent();
            xml.writeStartElement(name);
            write(attributes);
            depth++;
        });
    }

    SvgWriter close() {
        return write(() -> {
            depth--;
            indent();
            xml.writeEndElement();
        });
    }

    SvgWriter empty(String name, Object[]... attributes) {
        return write(() -> {
            indent();
            xml.writeEmptyElement(name);
            write(attributes);
        });
    }

    /** An element that contains only text. */
    SvgWriter text(String name, String text, Object[]... attributes) {
        return write(() -> {
            indent();
            xml.writeStartElement(name);
            write(attributes);
            xml.writeCharacters(text);
            xml.writeEndElement();
        });
    }

    /** The document, with all elements closed. */
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

    private SvgWriter write(Writing writing) {
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
