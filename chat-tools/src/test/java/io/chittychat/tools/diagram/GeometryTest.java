package io.chittychat.tools.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.tools.diagram.Picture.Box;
import io.chittychat.tools.trace.SpaceTime;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Element;

/** What holds of every picture. */
class GeometryTest {

    @Provide
    Arbitrary<SpaceTime> conversations() {
        return Conversations.any();
    }

    @Property(tries = 60)
    void everyArrowGoesDown(@ForAll("conversations") SpaceTime spaceTime) {
        Picture picture = new Picture(SpaceTimeSvg.draw(spaceTime));
        assertThat(picture.numbered("message", "data-message")).allMatch(arrow -> Picture.descent(arrow) > 0);
        assertThat(picture.numbered("broken", "data-message")).isEmpty();
        assertThat(picture.numbered("broken", "data-step")).isEmpty();
    }

    @Property(tries = 60)
    void everyStepAndEveryMessageIsDrawnOnce(@ForAll("conversations") SpaceTime spaceTime) {
        Picture picture = new Picture(SpaceTimeSvg.draw(spaceTime));
        assertThat(numbers(picture.numbered("step", "data-step"), "data-step"))
                .containsExactlyElementsOf(upTo(spaceTime.steps().size()));
        assertThat(numbers(picture.numbered("message", "data-message"), "data-message"))
                .containsExactlyElementsOf(upTo(spaceTime.messages().size()));
    }

    @Property(tries = 60)
    void noLabelTouchesAnotherOrLeavesTheSheet(@ForAll("conversations") SpaceTime spaceTime) {
        Picture picture = new Picture(SpaceTimeSvg.draw(spaceTime));
        List<Box> labels = picture.labels();
        for (int i = 0; i < labels.size(); i++) {
            Box label = labels.get(i);
            assertThat(label.left()).as(label.text()).isNotNegative();
            assertThat(label.right()).as(label.text()).isLessThanOrEqualTo(picture.width());
            assertThat(label.bottom()).as(label.text()).isLessThanOrEqualTo(picture.height());
            assertThat(labels.subList(i + 1, labels.size()))
                    .as("touches " + label)
                    .noneMatch(label::touches);
        }
    }

    @Property(tries = 20)
    void theSameConversationGivesTheSamePicture(@ForAll("conversations") SpaceTime spaceTime) {
        assertThat(SpaceTimeSvg.draw(spaceTime)).isEqualTo(SpaceTimeSvg.draw(spaceTime));
    }

    private static List<Integer> numbers(List<Element> elements, String attribute) {
        return elements.stream()
                .map(element -> Integer.valueOf(element.getAttribute(attribute)))
                .sorted()
                .toList();
    }

    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
