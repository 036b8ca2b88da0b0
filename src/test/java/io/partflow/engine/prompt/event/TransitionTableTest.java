package io.partflow.engine.prompt.event;

import static io.partflow.engine.prompt.event.TransitionTable.ANY;
import static io.partflow.engine.prompt.event.TransitionTable.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.content.Part;
import io.partflow.engine.prompt.event.TransitionTable.Counting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionTableTest {
    /// What follows each answer, one text for each.
    private static List<String> answered(TransitionTable table, String... answers) {
        EventRule rule = table.watch();
        List<String> events = new ArrayList<>();
        for (String answer : answers) {
            events.add(String.join(
                    "+",
                    rule.events(List.of(Part.text(answer))).stream()
                            .map(Part::text)
                            .toList()));
        }
        return events;
    }

    private static TransitionTable.Builder sunny() {
        return TransitionTable.builder().on(ANY, "sunny", Part.text("sun")).on(ANY, "rain", Part.text("rain"));
    }

    @Test
    void sightings_ofN_countAtTheNth() {
        TransitionTable table = sunny().sightings(START, "sunny", 2).build();

        assertThat(answered(table, "sunny", "sunny", "sunny")).containsExactly("", "sun", "");
    }

    @Test
    void sightings_countedAsTheReferenceDoes_needOneMore() {
        TransitionTable table = sunny().sightings(START, "sunny", 2)
                .counting(Counting.AFTER_NTH)
                .build();

        assertThat(answered(table, "sunny", "sunny", "sunny")).containsExactly("", "", "sun");
    }

    @Test
    void sightings_ofAnyState_areThoseOfEach() {
        TransitionTable table =
                sunny().sightings(ANY, "sunny", 2).sightings(START, "sunny", 1).build();

        assertThat(answered(table, "sunny", "rain", "sunny", "sunny")).containsExactly("sun", "rain", "", "sun");
    }

    @Test
    void anotherAnswer_breaksTheRow() {
        TransitionTable table = sunny().sightings("rain", "sunny", 2).build();

        assertThat(answered(table, "rain", "sunny", "rain", "sunny", "sunny"))
                .containsExactly("rain", "", "", "", "sun");
    }

    @Test
    void emptyAnswer_changesNothing() {
        TransitionTable table = sunny().sightings(START, "sunny", 2).build();
        EventRule rule = table.watch();

        assertThat(rule.events(List.of(Part.text("sunny")))).isEmpty();
        assertThat(rule.events(List.of())).isEmpty();
        assertThat(rule.events(List.of(Part.text("sun"), Part.text("ny"))))
                .extracting(Part::text)
                .containsExactly("sun");
    }

    @Test
    void statesOfTheTable_areTrimmedAndLowerCaseToo() {
        TransitionTable table = TransitionTable.builder()
                .on(" Sunny", "RAIN ", Part.text("wet"), Part.text("now"))
                .build();

        assertThat(answered(table, "sunny", "Rain")).containsExactly("", "wet+now");
    }

    @Test
    void twoStreams_haveStatesOfTheirOwn() {
        TransitionTable table = sunny().build();

        assertThat(answered(table, "sunny")).containsExactly("sun");
        assertThat(answered(table, "sunny")).containsExactly("sun");
    }

    @Test
    void lines_thatMakeNoSense_areRefused() {
        assertThatThrownBy(() -> TransitionTable.builder().on("a", ANY)).hasMessageContaining("one state");
        assertThatThrownBy(() -> TransitionTable.builder().sightings("a", "b", 0))
                .hasMessageContaining("0");
    }
}
