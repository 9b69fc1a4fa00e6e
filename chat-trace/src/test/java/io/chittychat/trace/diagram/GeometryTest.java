package io.chittychat.trace.diagram;

import static io.chittychat.property.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.trace.diagram.Picture.Box;
import io.chittychat.trace.spacetime.SpaceTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** What holds of every picture. */
class GeometryTest {

    @Test
    void everyArrowGoesDown() {
        forAll(60, Conversation::any, conversation -> {
            Picture picture = new Picture(SpaceTimeSvg.draw(conversation.play()));
            assertThat(picture.numbered("message", "data-message")).allMatch(arrow -> Picture.descent(arrow) > 0);
            assertThat(picture.numbered("broken", "data-message")).isEmpty();
            assertThat(picture.numbered("broken", "data-step")).isEmpty();
        });
    }

    @Test
    void everyStepAndEveryMessageIsDrawnOnce() {
        forAll(60, Conversation::any, conversation -> {
            SpaceTime spaceTime = conversation.play();
            Picture picture = new Picture(SpaceTimeSvg.draw(spaceTime));
            assertThat(numbers(picture.numbered("step", "data-step"), "data-step"))
                    .containsExactlyElementsOf(upTo(spaceTime.steps().size()));
            assertThat(numbers(picture.numbered("message", "data-message"), "data-message"))
                    .containsExactlyElementsOf(upTo(spaceTime.messages().size()));
        });
    }

    @Test
    void noLabelTouchesAnotherOrLeavesTheSheet() {
        forAll(60, Conversation::any, conversation -> {
            Picture picture = new Picture(SpaceTimeSvg.draw(conversation.play()));
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
        });
    }

    @Test
    void theSameConversationGivesTheSamePicture() {
        forAll(20, Conversation::any, conversation -> {
            SpaceTime spaceTime = conversation.play();
            assertThat(SpaceTimeSvg.draw(spaceTime)).isEqualTo(SpaceTimeSvg.draw(spaceTime));
        });
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
