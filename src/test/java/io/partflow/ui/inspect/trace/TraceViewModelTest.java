package io.partflow.ui.inspect.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.PeerVectors;
import io.partflow.engine.trace.PartSpan;
import io.partflow.engine.trace.RecordingHeader;
import io.partflow.engine.trace.RecordingLevel;
import io.partflow.engine.trace.RecordingWriter;
import io.partflow.engine.trace.SpanRecorder.Spans;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceViewModelTest {
    @TempDir
    private Path folder;

    private final TraceBrowserViewModel browser = new TraceBrowserViewModel(Runnable::run, Runnable::run);
    private Spans given = Spans.NONE;
    private final SpansViewModel spans = new SpansViewModel(node -> given, key -> false);

    private static PartSpan span(long number) {
        return new PartSpan(
                number,
                "text/plain",
                "p" + number,
                9,
                1_000_000L,
                3_000_000,
                3_500_000L,
                Outcome.MISS,
                new CacheKey("pf1:p@1:0:", ContentHash.ofText("p" + number)),
                9_500_000L,
                2,
                1_000_000,
                10_000_000,
                PartSpan.End.DONE);
    }

    private TraceItem root() {
        return Objects.requireNonNull(browser.rootProperty().get());
    }

    @Test
    void traceOfGenaiProcessors_isATreeOfCallsWithTheirParts() throws Exception {
        String name = "trace_nested_Xc7eaNFirsvw6qGj5TQr5s.json";
        Files.write(folder.resolve(name), PeerVectors.bytes("interop/" + name));
        browser.open(folder.resolve(name));

        assertThat(root().title()).isEqualTo("trace_nested");
        assertThat(root().kind()).isEqualTo(TraceItem.Kind.FAILED_CALL);
        assertThat(root().state()).isEqualTo("ValueError: broken at FAIL");
        TraceItem chain = root().children().getFirst();
        assertThat(chain.children()).extracting(TraceItem::title).startsWith("Preamble", "Outer", "failing");
        TraceItem preamble = chain.children().getFirst();
        assertThat(preamble.relation()).isEqualTo("chain");
        assertThat(preamble.inputs()).isEqualTo(5);
        browser.selectedProperty().set(preamble);
        assertThat(browser.selectedParts()).hasSize(11);
        browser.selectedProperty().set(preamble.children().getFirst());
        assertThat(browser.selectedParts()).extracting(Part::text).containsExactly("sys");
    }

    @Test
    void recording_isATreeOfNodes_andALongOneIsCutWithACount() throws Exception {
        Path file = folder.resolve("x.parts.jsonl");
        RecordingHeader header = RecordingHeader.of(Instant.EPOCH, "0.1.0", "talk", RecordingLevel.ALL, List.of("ask"));
        try (RecordingWriter writer = RecordingWriter.create(file, header)) {
            for (int i = 0; i <= TraceTrees.MOST_PARTS; i++) {
                writer.source(i * 1_000_000L, "ask", "out", Part.text("p" + i));
            }
        }
        Files.writeString(
                file,
                Files.readString(file, StandardCharsets.UTF_8) + "{\"at_ms\":1}\n{\"at_ms\":9000,\"pa",
                StandardCharsets.UTF_8);
        browser.open(file);

        assertThat(root().title()).isEqualTo("talk");
        assertThat(root().state()).isEqualTo("interrupted");
        assertThat(root().children())
                .extracting(TraceItem::kind)
                .containsExactly(TraceItem.Kind.ERROR, TraceItem.Kind.NOTE, TraceItem.Kind.NODE);
        TraceItem ask = root().children().getLast();
        assertThat(ask.outputs()).isEqualTo(TraceTrees.MOST_PARTS + 1L);
        assertThat(ask.children()).hasSize(TraceTrees.MOST_PARTS + 1);
        assertThat(ask.children().getLast().title()).isEqualTo("and 1 part more");
    }

    @Test
    void fileOfAnotherKind_isToldWithWhatToDo() throws Exception {
        browser.open(Files.writeString(folder.resolve("a.txt"), "no trace\n"));

        assertThat(browser.rootProperty().get()).isNull();
        assertThat(browser.messageProperty().get()).contains("a.txt").contains("Choose a recording");
        browser.open(folder.resolve("none.json"));
        assertThat(browser.messageProperty().get()).contains("none.json cannot be read");
        assertThat(browser.selectedParts()).isEmpty();
    }

    @Test
    void spans_areNewestFirst_andTheSelectedOneStaysSelectedUntilItIsDropped() {
        assertThat(spans.summaryProperty().get()).startsWith("Select a node");
        spans.follow("answer");
        assertThat(spans.summaryProperty().get()).startsWith("Nothing seen yet");
        given = new Spans(List.of(span(1), span(2)), 2, 0);
        spans.refresh();
        spans.selectedProperty().set(span(1));
        assertThat(spans.rows()).extracting(PartSpan::number).containsExactly(2L, 1L);

        given = new Spans(List.of(span(1), span(2), span(3)), 3, 0);
        spans.refresh();
        assertThat(spans.selectedProperty().get()).isEqualTo(span(1));
        given = new Spans(List.of(span(2), span(3), span(4)), 4, 1);
        spans.refresh();
        assertThat(spans.selectedProperty().get()).isNull();
        assertThat(spans.summaryProperty().get()).isEqualTo("The last 3 of 4 parts; 1 older ones were dropped");

        spans.follow(null);
        assertThat(spans.rows()).isEmpty();
    }

    @Test
    void facts_tellEveryMoment() {
        assertThat(SpansViewModel.facts(span(7)))
                .extracting(SpansViewModel.Fact::value)
                .containsExactly(
                        "no. 7, text/plain, 9 B",
                        "00:00.001",
                        "2.0 ms",
                        "00:00.003",
                        "0.5 ms",
                        "miss",
                        ContentHash.ofText("p7").hex().substring(0, 16) + "…",
                        "5.0 ms",
                        "2 parts in 1.0 ms",
                        "00:00.010",
                        "9.0 ms");
    }
}
