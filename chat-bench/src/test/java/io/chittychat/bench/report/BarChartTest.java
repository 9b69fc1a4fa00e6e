package io.chittychat.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.chittychat.bench.measure.Spread;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class BarChartTest {

    private static final List<Bar> FAR_APART = List.of(
            Bar.of("Chitty-Chat, PublishStream", new Spread(0.146, 0.14, 0.19), true),
            Bar.of("Chitty-Chat, durable (fsync)", new Spread(0.21, 0.2, 0.24), true),
            Bar.of("Redis 7.0 pub/sub", new Spread(0.155, 0.15, 0.16), false),
            Bar.of("NATS 2.9 core <no order>", new Spread(0.19, 0.18, 0.21), false),
            Bar.of("Java, textbook: one StreamObserver per participant & onNext", new Spread(2.4, 2, 2.8), false),
            Bar.of("ejabberd 23.01 (XMPP MUC)", new Spread(22.8, 20, 31), false));

    private static final List<Bar> CLOSE = List.of(
            Bar.of("Chitty-Chat", new Spread(34_828, 34_265, 36_963), true),
            Bar.of("textbook", new Spread(20_014, 18_105, 22_000), false));

    @Test
    void chartSaysAllThereIsToSay() throws Exception {
        List<String> texts = texts(BarChart.svg("W1: CPU", "us per delivery", FAR_APART));

        assertThat(texts).contains("W1: CPU", "us per delivery (logarithmic)", "0.146", "0.210", "2.40", "22.8");
        assertThat(String.join(" ", texts).replaceAll(" +", " "))
                .contains(FAR_APART.stream().map(Bar::label).toList());
    }

    @Test
    void scaleIsLinearWhereTheShortestBarIsLongEnough() throws Exception {
        assertThat(texts(BarChart.svg("W4", "publishes/s", CLOSE)))
                .contains("publishes/s", "34,828", "20,014", "0", "10,000");
        assertThat(Scale.of(FAR_APART).isLogarithmic()).isTrue();
    }

    @Test
    void sameBarsGiveTheSameChart() {
        String chart = BarChart.svg("W1", "us", FAR_APART);

        assertThat(BarChart.svg("W1", "us", FAR_APART)).isEqualTo(chart);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Bar("none", 0, 0, 0, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new Bar("wrong", 1, 2, 3, false));
        assertThatIllegalArgumentException().isThrownBy(() -> BarChart.svg("twice", "us", List.of(one(), one())));
    }

    private static Bar one() {
        return new Bar("one", 1, 1, 1, false);
    }

    /** The texts of a chart; reading it fails unless it is well-formed. */
    private static List<String> texts(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        NodeList nodes = document.getElementsByTagNameNS("http://www.w3.org/2000/svg", "text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }
}
