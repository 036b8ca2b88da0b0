package io.partflow.ui.editor.model;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PromptSnapshot;
import java.util.List;

/// What the well of a node shows.
public sealed interface Preview {
    Preview NOTHING = new Lines(List.of());

    /// Up to three lines; each is cut at the edge.
    record Lines(List<String> lines) implements Preview {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    /// A text that flows over up to three lines.
    record Flow(String text) implements Preview {}

    /// An image part.
    record Picture(Part part) implements Preview {}

    /// An audio part.
    record Wave(Part part) implements Preview {}

    /// What a rolling prompt holds now.
    record Prompt(PromptSnapshot prompt) implements Preview {}
}
