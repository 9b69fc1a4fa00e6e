package io.chittychat.trace.diagram;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A drawn diagram as another program reads it: strictly, as XML. */
final class Picture {

    private final Element root;

    Picture(String svg) {
        try {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)));
            root = document.getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError("no well-formed XML: " + e.getMessage(), e);
        }
    }

    /** A rectangle that holds a label. */
    record Box(String text, double left, double top, double right, double bottom) {

        boolean touches(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    double width() {
        return number(root, "width");
    }

    double height() {
        return number(root, "height");
    }

    /** All labels that are written level. */
    List<Box> labels() {
        return all(root, "text").stream()
                .filter(text -> !text.hasAttribute("transform"))
                .map(Picture::box)
                .toList();
    }

    List<String> words() {
        return all(root, "text").stream().map(Element::getTextContent).toList();
    }

    List<String> elementNames() {
        return all(root, "*").stream().map(Element::getTagName).distinct().toList();
    }

    /** The elements that have a class and a number, by the number's attribute. */
    List<Element> numbered(String name, String attribute) {
        return all(root, "g").stream()
                .filter(group -> (" " + group.getAttribute("class") + " ").contains(" " + name + " "))
                .filter(group -> group.hasAttribute(attribute))
                .toList();
    }

    /** How far down a message's line goes; not positive if it does not. */
    static double descent(Element message) {
        Element line = all(message, "line").get(0);
        return number(line, "y2") - number(line, "y1");
    }

    private static Box box(Element text) {
        double size = number(text, "font-size");
        double broad = text.getAttribute("font-weight").equals("bold") ? 1.08 : 1;
        double width = TextWidth.of(text.getTextContent(), size) * broad;
        double x = number(text, "x");
        double left =
                switch (text.getAttribute("text-anchor")) {
                    case "middle" -> x - width / 2;
                    case "end" -> x - width;
                    default -> x;
                };
        double y = number(text, "y");
        return new Box(text.getTextContent(), left, y - 0.8 * size, left + width, y + 0.22 * size);
    }

    private static List<Element> all(Element within, String name) {
        NodeList found = within.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        IntStream.range(0, found.getLength()).forEach(i -> elements.add((Element) found.item(i)));
        return elements;
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}
