package io.partflow.engine.builtin;

import io.partflow.engine.builtin.audio.AudioFacts;
import io.partflow.engine.builtin.audio.AudioPacing;
import io.partflow.engine.builtin.audio.AudioSegments;
import io.partflow.engine.builtin.event.EventStage;
import io.partflow.engine.builtin.flow.Branches;
import io.partflow.engine.builtin.flow.Chain;
import io.partflow.engine.builtin.flow.Concat;
import io.partflow.engine.builtin.flow.Delay;
import io.partflow.engine.builtin.flow.FailuresAside;
import io.partflow.engine.builtin.flow.Group;
import io.partflow.engine.builtin.flow.Limit;
import io.partflow.engine.builtin.flow.Merge;
import io.partflow.engine.builtin.flow.MergeUntilFirstEnd;
import io.partflow.engine.builtin.flow.Parallel;
import io.partflow.engine.builtin.flow.PartFilterStage;
import io.partflow.engine.builtin.flow.PartSwitchStage;
import io.partflow.engine.builtin.flow.ReservedParts;
import io.partflow.engine.builtin.flow.SourceAside;
import io.partflow.engine.builtin.flow.StreamSwitchStage;
import io.partflow.engine.builtin.flow.Switch;
import io.partflow.engine.builtin.flow.Tee;
import io.partflow.engine.builtin.flow.Turns;
import io.partflow.engine.builtin.image.ImageFacts;
import io.partflow.engine.builtin.image.TimeMarks;
import io.partflow.engine.builtin.model.SimulatedModel;
import io.partflow.engine.builtin.nested.NestedProcessors;
import io.partflow.engine.builtin.prompt.DialogueStage;
import io.partflow.engine.builtin.prompt.RollingPromptStage;
import io.partflow.engine.builtin.prompt.WindowStage;
import io.partflow.engine.builtin.sink.JsonLinesSink;
import io.partflow.engine.builtin.sink.ViewerSink;
import io.partflow.engine.builtin.source.FilesSource;
import io.partflow.engine.builtin.source.RecordingSource;
import io.partflow.engine.builtin.source.TextSource;
import io.partflow.engine.builtin.text.ExtractUrls;
import io.partflow.engine.builtin.text.MatchText;
import io.partflow.engine.builtin.text.TextJoin;
import io.partflow.engine.builtin.text.TextPreamble;
import io.partflow.engine.builtin.text.TextSplit;
import io.partflow.engine.builtin.text.TextSuffix;
import io.partflow.engine.builtin.text.TextSummary;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorEntry;
import java.util.List;
import java.util.stream.Stream;

/// The processors that ship, in palette order: those by themselves, then those that run others: of the first
/// list, or such as run others themselves, once.
public final class BuiltinProcessors {
    private static final List<ProcessorEntry> PLAIN = List.of(
            FilesSource.ENTRY,
            TextSource.ENTRY,
            RecordingSource.ENTRY,
            PartFilterStage.ENTRY,
            Switch.ENTRY,
            Tee.ENTRY,
            Merge.ENTRY,
            MergeUntilFirstEnd.ENTRY,
            Concat.ENTRY,
            Limit.ENTRY,
            Delay.ENTRY,
            Turns.ENTRY,
            Group.ENTRY,
            ReservedParts.ENTRY,
            TextSplit.ENTRY,
            TextJoin.ENTRY,
            TextSummary.ENTRY,
            MatchText.ENTRY,
            ExtractUrls.ENTRY,
            TextPreamble.ENTRY,
            TextSuffix.ENTRY,
            ImageFacts.ENTRY,
            TimeMarks.ENTRY,
            AudioFacts.ENTRY,
            AudioSegments.ENTRY,
            AudioPacing.ENTRY,
            SimulatedModel.ENTRY,
            ViewerSink.ENTRY,
            JsonLinesSink.ENTRY);

    // Inside a node, and inside what is inside: there is no third time.
    private static final ProcessorCatalog INSIDE = withNesting(new ProcessorCatalog(PLAIN));
    private static final ProcessorCatalog CATALOG = withNesting(INSIDE);

    private BuiltinProcessors() {}

    /// The plain processors, and those that run others of a catalog.
    private static ProcessorCatalog withNesting(ProcessorCatalog inside) {
        NestedProcessors nested = new NestedProcessors(inside);
        ProcessorEntry[] running = Stream.of(
                        PartSwitchStage.entry(nested),
                        StreamSwitchStage.entry(nested),
                        Parallel.entry(nested),
                        Branches.entry(nested),
                        Chain.entry(nested),
                        SourceAside.entry(nested),
                        FailuresAside.entry(nested),
                        EventStage.entry(nested),
                        RollingPromptStage.entry(nested),
                        WindowStage.entry(nested),
                        DialogueStage.entry(nested))
                .map(nested::keyed)
                .toArray(ProcessorEntry[]::new);
        return new ProcessorCatalog(PLAIN).plus(running);
    }

    /// The catalog of all of them. Immutable.
    public static ProcessorCatalog catalog() {
        return CATALOG;
    }
}
