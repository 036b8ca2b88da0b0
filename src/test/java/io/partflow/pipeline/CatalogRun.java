package io.partflow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.content.Part;
import io.partflow.engine.run.Run;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.stream.StreamClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A pipeline of shipped processors, written as its document writes it, run to its end; and what its nodes accepted.
record CatalogRun(RunSnapshot end, Map<String, List<Part>> accepted, Map<String, Set<String>> files) {
    private static final Path SAMPLES = Path.of("samples").toAbsolutePath();
    private static final PipelineDocument DOCUMENT = new PipelineDocument(BuiltinProcessors.catalog());

    /// Real time without the waiting, so that nothing slow is slow here.
    static final StreamClock IMPATIENT = new StreamClock() {
        @Override
        public long nanos() {
            return StreamClock.system().nanos();
        }

        @Override
        public Instant instant() {
            return StreamClock.system().instant();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            StreamClock.system().sleep(Math.min(nanos, 1_000_000));
        }
    };

    /// @param nodes the document's nodes, without their brackets
    /// @param wires such as `ask.out -> show.in`, with commas
    static CatalogRun of(String nodes, String wires) throws InterruptedException {
        return of(document(nodes, wires));
    }

    static CatalogRun of(PipelineDocument.Reading reading) throws InterruptedException {
        assertThat(reading.problems()).isEmpty();
        GraphCompiler.Compiled compiled = GraphCompiler.compile(reading.graph(), BuiltinProcessors.catalog(), SAMPLES);
        assertThat(compiled.problems()).isEmpty();
        Map<String, List<Part>> accepted = new LinkedHashMap<>();
        Map<String, Set<String>> files = new LinkedHashMap<>();
        RunOptions options = RunOptions.DEFAULT.withClock(IMPATIENT).withTap((node, delivery) -> {
            synchronized (accepted) {
                accepted.computeIfAbsent(node, id -> new ArrayList<>()).add(delivery.part());
                files.computeIfAbsent(node, id -> new LinkedHashSet<>())
                        .add(Objects.requireNonNullElse(delivery.origin().file(), ""));
            }
        });
        try (Run run = Run.start(Objects.requireNonNull(compiled.plan()), new CacheRoom(IMPATIENT), options)) {
            assertThat(run.await(Duration.ofSeconds(60)))
                    .as("the run has ended")
                    .isTrue();
            return new CatalogRun(run.snapshot(), accepted, files);
        }
    }

    static PipelineDocument.Reading document(String nodes, String wires) {
        StringBuilder list = new StringBuilder();
        for (String wire : wires.split(",")) {
            String[] ends = wire.split("->");
            list.append(list.isEmpty() ? "" : ",")
                    .append("{\"from\": \"%s\", \"to\": \"%s\"}".formatted(ends[0].strip(), ends[1].strip()));
        }
        return DOCUMENT.parse("{\"format\": \"partflow-pipeline\", \"version\": 1, \"nodes\": [" + nodes
                + "], \"wires\": [" + list + "]}");
    }

    static List<Problem> problems(String nodes, String wires) {
        return GraphChecker.check(document(nodes, wires).graph(), BuiltinProcessors.catalog(), SAMPLES);
    }

    /// A source of these lines.
    static String lines(String id, String... lines) {
        return """
            {"id": "%s", "processor": "source.text", "params": {"emit": "line", "text": "%s"}}\
            """.formatted(id, String.join("\\n", lines));
    }

    static String node(String id, String processor, String params) {
        return "{\"id\": \"%s\", \"processor\": \"%s\", \"params\": {%s}}".formatted(id, processor, params);
    }

    static String sink(String id) {
        return node(id, "sink.viewer", "");
    }

    /// The names of the files that the parts accepted there came from, as their origin tells.
    Set<String> files(String sink) {
        return files.getOrDefault(sink, Set.of());
    }

    List<String> texts(String sink) {
        return accepted.getOrDefault(sink, List.of()).stream()
                .map(part -> part.isText() ? part.text() : part.mimeType())
                .toList();
    }
}
