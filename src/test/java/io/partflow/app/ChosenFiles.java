package io.partflow.app;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// A user who answers every question for files with the next file from a list, and gives up when there is none.
final class ChosenFiles implements FileDialogs {
    final Deque<Path> answers = new ArrayDeque<>();
    final List<Purpose> asked = new ArrayList<>();
    final List<String> suggested = new ArrayList<>();

    @Override
    public Optional<Path> file(Purpose purpose, Path folder, String name) {
        asked.add(purpose);
        suggested.add(name);
        return Optional.ofNullable(answers.poll());
    }

    @Override
    public List<Path> files(Purpose purpose, Path folder) {
        asked.add(purpose);
        return answers.isEmpty() ? List.of() : List.of(answers.remove());
    }
}
