package io.partflow.app;

import io.partflow.pipeline.PipelineDocument;
import io.partflow.ui.editor.SampleCard;
import io.partflow.ui.support.Messages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The shipped samples, as palette and empty canvas offer them. What a sample is like is said in
/// `messages.properties`.
final class SampleCards {
    private SampleCards() {}

    static List<SampleCard> of(WorkbenchModel model) {
        List<SampleCard> cards = new ArrayList<>();
        for (Path file : ShellMenu.sampleFiles(model.samples())) {
            String name = String.valueOf(file.getFileName()).replace(PipelineDocument.SUFFIX, "");
            PipelineDocument.Reading reading = model.format().read(file);
            cards.add(new SampleCard(
                    file.toString(),
                    reading.graph().name(),
                    Messages.textOr("sample." + name + ".icon", "zap"),
                    Messages.textOr("sample." + name + ".line", ""),
                    Messages.textOr("sample." + name + ".summary", ""),
                    Messages.textOr("sample." + name + ".duration", ""),
                    reading.graph()));
        }
        return cards;
    }
}
