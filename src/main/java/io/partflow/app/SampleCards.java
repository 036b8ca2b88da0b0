package io.partflow.app;

import io.partflow.pipeline.PipelineDocument;
import io.partflow.ui.editor.SampleCard;
import io.partflow.ui.support.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The shipped samples, as palette and empty canvas offer them. What a sample is like is said in
/// `messages.properties`.
final class SampleCards {
    private SampleCards() {}

    /// Reads every sample; not for the FX thread.
    static List<SampleCard> of(WorkbenchModel model) {
        List<SampleCard> cards = new ArrayList<>();
        for (Path file : files(model.samples())) {
            String name = String.valueOf(file.getFileName()).replace(PipelineDocument.SUFFIX, "");
            PipelineDocument.Reading reading = model.format().read(file);
            cards.add(new SampleCard(
                    file.toString(),
                    Messages.textOr("sample." + name, reading.graph().name()),
                    Messages.textOr("sample." + name + ".icon", "zap"),
                    Messages.textOr("sample." + name + ".line", ""),
                    Messages.textOr("sample." + name + ".summary", ""),
                    Messages.textOr("sample." + name + ".duration", ""),
                    reading.graph()));
        }
        return cards;
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(PipelineDocument.SUFFIX))
                    .sorted(Comparator.comparingInt(SampleCards::place).thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException e) {
            // Without its samples the workbench is still of use; `doctor` tells that they are missing.
            return List.of();
        }
    }

    /// Where a sample stands: those that teach most first, unknown ones last.
    private static int place(Path file) {
        List<String> order = List.of(Messages.textOr("sample.order", "").split(" "));
        int place = order.indexOf(String.valueOf(file.getFileName()).replace(PipelineDocument.SUFFIX, ""));
        return place < 0 ? order.size() : place;
    }
}
