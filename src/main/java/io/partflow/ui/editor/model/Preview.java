package io.partflow.ui.editor.model;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PromptSnapshot;
import java.util.List;

/// What the well of a node shows.
public sealed interface Preview {
    /// What is known before there is a part: up to three lines, each cut at the edge.
    record Settings(List<String> lines) implements Preview {
        public Settings {
            lines = List.copyOf(lines);
        }
    }

    /// What is known of a node without settings: a sentence that flows over up to three lines.
    record Purpose(String sentence) implements Preview {}

    /// The text of the last part, over up to three lines.
    record Flow(String text) implements Preview {}

    /// A part that cannot be shown: its type and its size.
    record Facts(String mimeType, String size) implements Preview {}

    /// An image part.
    record Picture(Part part) implements Preview {}

    /// An audio part.
    record Wave(Part part) implements Preview {}

    /// What a rolling prompt holds now.
    record Prompt(PromptSnapshot prompt) implements Preview {}
}
