package io.partflow.engine.builtin;

import io.partflow.engine.builtin.audio.AudioFacts;
import io.partflow.engine.builtin.audio.AudioSegments;
import io.partflow.engine.builtin.image.ImageFacts;
import io.partflow.engine.builtin.model.SimulatedModel;
import io.partflow.engine.builtin.prompt.RollingPromptStage;
import io.partflow.engine.builtin.sink.JsonLinesSink;
import io.partflow.engine.builtin.sink.ViewerSink;
import io.partflow.engine.builtin.source.FilesSource;
import io.partflow.engine.builtin.source.RecordingSource;
import io.partflow.engine.builtin.source.TextSource;
import io.partflow.engine.builtin.text.TextSplit;
import io.partflow.engine.builtin.text.TextSummary;
import io.partflow.engine.processor.ProcessorCatalog;
import java.util.List;

/// The processors that ship, in palette order.
public final class BuiltinProcessors {
    private static final ProcessorCatalog CATALOG = new ProcessorCatalog(List.of(
            FilesSource.ENTRY,
            TextSource.ENTRY,
            RecordingSource.ENTRY,
            TextSplit.ENTRY,
            TextSummary.ENTRY,
            ImageFacts.ENTRY,
            AudioFacts.ENTRY,
            AudioSegments.ENTRY,
            SimulatedModel.ENTRY,
            RollingPromptStage.ENTRY,
            ViewerSink.ENTRY,
            JsonLinesSink.ENTRY));

    private BuiltinProcessors() {}

    /// The catalog of all of them. Immutable.
    public static ProcessorCatalog catalog() {
        return CATALOG;
    }
}
