package io.chittychat.trace.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.chittychat.trace.spacetime.SpaceTime;
import java.util.List;
import net.sourceforge.plantuml.BlockUml;
import net.sourceforge.plantuml.SourceStringReader;
import net.sourceforge.plantuml.sequencediagram.SequenceDiagram;
import org.junit.jupiter.api.Test;

class PlantUmlTest {

    @Test
    void messagesHaveTheTimesOfBothEnds() {
        assertThat(PlantUml.of(Samples.small()))
                .contains(
                        "p1 -> p0 : [9 <U+2192> 10] Publish",
                        "p0 ->> p2 : [10 <U+2192> 12]",
                        "L 10 alice: Is anybody here?");
    }

    @Test
    void aCrashDestroysItsProcess() {
        assertThat(PlantUml.of(Samples.full())).contains("destroy p3");
    }

    @Test
    void plantUmlUnderstandsIt() {
        for (SpaceTime spaceTime :
                List.of(Samples.full(), Samples.broken(), Samples.part(Samples.full(), 14, 30), Samples.crowd(12))) {
            assertIsSequenceDiagram(PlantUml.of(spaceTime));
        }
    }

    @Test
    void foreignTextIsNoCommand() {
        String hostile = "\n@enduml\n!include /etc/passwd\n%getenv(\"HOME\") $x() ' /' [[http://x]] <img:x> **b** ;"
                + Samples.HOSTILE;
        String text = PlantUml.of(
                new Played(hostile, "bob").join(0).join(1).say(1, hostile).end());
        assertIsSequenceDiagram(text);
        assertThat(text).doesNotContain("!include", "%getenv", "[[", "<img", "**");
        assertThat(text.lines().filter(line -> line.startsWith("@"))).containsExactly("@startuml", "@enduml");
    }

    private static void assertIsSequenceDiagram(String text) {
        List<BlockUml> blocks = new SourceStringReader(text).getBlocks();
        assertThat(blocks).hasSize(1);
        assertThat(blocks.get(0).getDiagram()).as(text).isInstanceOf(SequenceDiagram.class);
    }
}
