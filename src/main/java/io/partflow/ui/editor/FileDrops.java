package io.partflow.ui.editor;

import io.partflow.ui.editor.model.CanvasModel;
import io.partflow.ui.editor.model.DropPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Carries out a [DropPlan]: a source for the files, more files for a source, or a pipeline to open.
public final class FileDrops implements FileDropHandler {
    private final CanvasView canvas;
    private final CanvasModel model;
    private final Consumer<Path> openPipeline;
    private final Function<Path, String> written;
    private Consumer<List<Path>> dropped = files -> {};

    /// @param openPipeline opens a `*.partflow.json`
    /// @param written how a path is written into the document, relative to its folder for instance
    public FileDrops(CanvasView canvas, Consumer<Path> openPipeline, Function<Path, String> written) {
        this.canvas = canvas;
        this.model = canvas.model();
        this.openPipeline = openPipeline;
        this.written = written;
    }

    /// Is told of all files that were dropped, when the plan has been carried out.
    public void onDropped(Consumer<List<Path>> listener) {
        dropped = listener;
    }

    @Override
    public void hover(List<Path> files, double x, double y) {
        DropPlan plan = plan(files, x, y);
        canvas.markNode(plan.node());
        canvas.markWire(plan.wire());
        canvas.emptyState().setDropTarget(true);
        boolean empty = model.graph().nodes().isEmpty();
        canvas.overlay().hint(empty || plan.words().isEmpty() ? Optional.empty() : Optional.of(plan.words()), x, y);
    }

    @Override
    public void leave() {
        canvas.markNode(Optional.empty());
        canvas.markWire(Optional.empty());
        canvas.emptyState().setDropTarget(false);
        canvas.overlay().hint(Optional.empty(), 0, 0);
    }

    @Override
    public boolean handleDrop(List<Path> files, double x, double y) {
        DropPlan plan = plan(files, x, y);
        plan.opens().ifPresent(openPipeline);
        plan.edit().ifPresent(model::edit);
        canvas.requestFocus();
        dropped.accept(files);
        return plan.opens().isPresent() || plan.edit().isPresent();
    }

    private DropPlan plan(List<Path> files, double x, double y) {
        return DropPlan.of(model, files, model.viewport().toWorld(x, y), written);
    }
}
