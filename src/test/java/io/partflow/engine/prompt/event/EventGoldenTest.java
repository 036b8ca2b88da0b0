package io.partflow.engine.prompt.event;

import static io.partflow.engine.content.PeerVectors.array;
import static io.partflow.engine.content.PeerVectors.field;
import static io.partflow.engine.content.PeerVectors.number;
import static io.partflow.engine.content.PeerVectors.objects;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.PeerVectors;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Event detection as genai-processors does it, with its way of counting. No case is left out.
class EventGoldenTest {
    private static final List<JsonObject> CASES = objects(PeerVectors.read("event.json"), "cases");

    static List<JsonObject> cases() {
        return CASES;
    }

    @Test
    void cases_ofTheFile_areThere() {
        assertThat(CASES).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void output_ofPeerCase_isThePeers(JsonObject given) throws Exception {
        Iterator<String> answers = strings(array(given, "answers")).iterator();
        EventDetection detection = new EventDetection(
                Detector.of(() -> new Answering(answers)),
                table(given).watch(),
                EventDetection.Settings.DEFAULT.withPace(EventDetection.Pace.EVERY_IMAGE));
        Iterator<Part> images = IntStream.range(
                        0, array(given, "answers").values().size())
                .mapToObj(i -> Part.blob(new byte[] {(byte) i}, "image/png"))
                .iterator();
        FakeContext context = new FakeContext();

        detection.run(() -> images.hasNext() ? images.next() : null, context);

        assertThat(context.parts.stream().map(part -> part.isImage() ? "IMG" : part.text()))
                .containsExactlyElementsOf(strings(array((JsonObject) field(given, "expected"), "output")));
        assertThat(context.failures).isEmpty();
    }

    private static TransitionTable table(JsonObject given) {
        TransitionTable.Builder table = TransitionTable.builder().counting(TransitionTable.Counting.AFTER_NTH);
        for (JsonObject line : objects(given, "output_dict")) {
            List<String> states = strings(array(line, "from_to"));
            if (line.get("output") instanceof JsonString output) {
                table.on(states.get(0), states.get(1), Part.text(output.value()));
            } else {
                table.on(states.get(0), states.get(1));
            }
        }
        if (given.has("sensitivity")) {
            for (JsonObject line : objects(given, "sensitivity")) {
                List<String> states = strings(array(line, "from_to"));
                table.sightings(states.get(0), states.get(1), number(line, "n"));
            }
        }
        return table.build();
    }

    private static List<String> strings(JsonArray array) {
        return array.values().stream().map(each -> ((JsonString) each).value()).toList();
    }

    /// Reads the images and gives the next answer.
    private static final class Answering extends Processor {
        private final Iterator<String> answers;

        Answering(Iterator<String> answers) {
            this.answers = answers;
        }

        @Override
        protected void process(PartStream input, PartContext context) throws InterruptedException {
            assertThat(input.next()).isNotNull();
            context.emit(Part.text(answers.next()));
        }
    }
}
