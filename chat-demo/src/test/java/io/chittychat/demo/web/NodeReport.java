package io.chittychat.demo.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What tests of Node.js came to.
 *
 * @param output what was printed
 */
record NodeReport(List<Result> results, String output) {

    /**
     * A test.
     *
     * @param failure why it failed; empty if it passed
     */
    record Result(String name, Optional<String> failure) {}

    /**
     * Reads a report in JUnit's format.
     *
     * @throws IOException if there is none
     */
    static NodeReport read(Path file, String output) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("there is no report; node printed:\n" + output);
        }
        NodeList cases = parse(Files.readString(file)).getElementsByTagName("testcase");
        return new NodeReport(
                IntStream.range(0, cases.getLength())
                        .mapToObj(i -> result((Element) cases.item(i)))
                        .toList(),
                output);
    }

    /** Texts of tests may have characters that XML has not. */
    private static Document parse(String report) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            String legal = report.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", "\ufffd");
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(legal.getBytes(UTF_8)));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("the report is malformed:\n" + report, e);
        }
    }

    private static Result result(Element test) {
        return new Result(test.getAttribute("name"), failure(test));
    }

    /** A test that was skipped counts as failed: each can run here. */
    private static Optional<String> failure(Element test) {
        for (String kind : List.of("failure", "error", "skipped")) {
            NodeList found = test.getElementsByTagName(kind);
            if (found.getLength() > 0) {
                return Optional.of(kind + ": " + found.item(0).getTextContent().strip());
            }
        }
        return Optional.empty();
    }
}
