package io.partflow.app;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.trace.SpanRecorder;
import io.partflow.pipeline.PipelineNode;
import io.partflow.ui.editor.model.CanvasModel;
import io.partflow.ui.editor.model.CanvasSelection;
import io.partflow.ui.inspect.entry.EntriesViewModel;
import io.partflow.ui.inspect.entry.EntryActions;
import io.partflow.ui.inspect.entry.EntryInspector;
import io.partflow.ui.inspect.entry.EntryRow;
import io.partflow.ui.inspect.entry.EntryTable;
import io.partflow.ui.inspect.entry.EntryViewModel;
import io.partflow.ui.inspect.form.FileChoice;
import io.partflow.ui.inspect.node.NodeInspector;
import io.partflow.ui.inspect.node.NodeInspectorViewModel;
import io.partflow.ui.inspect.part.PartInspector;
import io.partflow.ui.inspect.problem.ProblemRow;
import io.partflow.ui.inspect.problem.ProblemsView;
import io.partflow.ui.inspect.problem.ProblemsViewModel;
import io.partflow.ui.inspect.trace.SpansView;
import io.partflow.ui.inspect.trace.SpansViewModel;
import io.partflow.ui.inspect.trace.TraceBrowser;
import io.partflow.ui.inspect.trace.TraceBrowserViewModel;
import io.partflow.ui.inspect.upkeep.BulkViewModel;
import io.partflow.ui.inspect.upkeep.TableChoice;
import io.partflow.ui.inspect.upkeep.UpkeepView;
import io.partflow.ui.inspect.upkeep.WarmViewModel;
import io.partflow.ui.support.FxThread;
import io.partflow.ui.support.RepeatedQuestion;
import io.partflow.ui.tune.TuneDesk;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.SetChangeListener;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// What is shown of the selection (node, part, entry) and the lists in the dock, joined with canvas and model. FX
/// thread.
final class Inspection {
    private final WorkbenchModel model;
    private final ShellController shell;
    private final CanvasModel canvas;
    private final NodeInspectorViewModel nodeModel;
    private final ShellActions actions;
    private final FileChoice files;
    private @Nullable NodeInspector nodeView;
    private final Executor background;
    private final EntriesViewModel entriesModel;
    private final EntryViewModel entryModel;
    private final ProblemsViewModel problemsModel = new ProblemsViewModel();
    private final SpansViewModel spansModel;
    private final TraceBrowserViewModel traceModel;
    private @Nullable PartInspector partView;
    private @Nullable TuneDesk tuning;
    private final BulkViewModel bulkModel;
    private final WarmViewModel warmModel;
    private final SimpleObjectProperty<CacheEntry.@Nullable Pinning> pinning = new SimpleObjectProperty<>();
    private final RepeatedQuestion<Long> entryCount;
    private @Nullable UpkeepView upkeepView;
    private @Nullable RunSnapshot sampled;

    Inspection(
            WorkbenchModel model,
            ShellController shell,
            CanvasModel canvas,
            ShellActions actions,
            Executor background) {
        this.model = model;
        this.shell = shell;
        this.canvas = canvas;
        this.background = background;
        Executor fx = FxThread.executor();
        nodeModel = new NodeInspectorViewModel(model.catalog(), model::execute);
        this.actions = actions;
        this.files = actions::chooseFor;
        entriesModel = new EntriesViewModel(
                model::entries,
                () -> model.clock().millis(),
                id -> model.graph().node(id).map(canvas::title).orElse(id),
                background,
                fx);
        entryModel = new EntryViewModel(actions(), () -> model.clock().millis(), background, fx, sentence -> {});
        bulkModel = new BulkViewModel(
                model::choose,
                this::inTable,
                () -> model.clock().millis(),
                id -> model.graph().node(id).map(canvas::title).orElse(id),
                background,
                fx,
                removed -> model.tell(Notice.removed(removed.count(), removed.bytes(), removed.undo())),
                model::noteCaches,
                problem -> model.tell(Notice.of(problem)));
        warmModel = new WarmViewModel(
                model::warmFrom, background, fx, text -> model.tell(Notice.information(text)), model::noteCaches);
        spansModel = new SpansViewModel(model.run()::spans, this::explain);
        traceModel = new TraceBrowserViewModel(background, fx);
        entryCount = new RepeatedQuestion<>(model::entryCount, background, fx, shell::showEntryCount);
        listen();
    }

    private EntryActions actions() {
        return new EntryActions() {
            @Override
            public Optional<CacheEntry> peek(CacheKey key) {
                return model.entry(key);
            }

            @Override
            public boolean invalidate(CacheKey key) {
                Optional<CacheEntry> removed = model.invalidate(key);
                FxThread.run(() -> {
                    removed.map(List::of)
                            .ifPresent(entries -> model.tell(Notice.invalidated(
                                    entries, () -> background.execute(() -> model.restore(entries)))));
                    cachesChanged();
                });
                return removed.isPresent();
            }

            @Override
            public void restore(CacheEntry entry) {
                model.restore(List.of(entry));
            }
        };
    }

    private void listen() {
        canvas.selection().nodes().addListener((SetChangeListener<String>) change -> showSelection());
        model.graphProperty().subscribe(graph -> {
            nodeModel.showSettings(graph.settings());
            showSelection();
        });
        model.problemsProperty().subscribe(problems -> {
            problemsModel.showProblems(problems);
            nodeModel.showProblems(problems);
        });
        problemsModel.rows().addListener((ListChangeListener<ProblemRow>)
                change -> shell.showProblemCount(problemsModel.rows().size()));
        entriesModel.totalProperty().subscribe(total -> entryCount.ask());
        model.onCachesChanged(this::cachesChanged);
        entriesModel.selectedProperty().subscribe(key -> showPinning());
        entriesModel.rows().addListener((ListChangeListener<EntryRow>) change -> showPinning());
        shell.placeUpkeep(this::openBulk, bulkModel::undoLast, bulkModel::removeAll);
        model.onCommit(nodeModel::commit);
    }

    private void cachesChanged() {
        entriesModel.refresh();
        entryModel.refresh();
        entryCount.ask();
    }

    private Optional<PipelineNode> selectedNode() {
        Set<String> selected = canvas.selection().nodes();
        return selected.size() == 1 ? model.graph().node(selected.iterator().next()) : Optional.empty();
    }

    private void showSelection() {
        PipelineNode selected = selectedNode().orElse(null);
        nodeModel.show(selected);
        TuneDesk desk = tuning;
        if (desk != null) {
            desk.follow(selected == null ? null : selected.id());
        }
        spansModel.follow(selected == null || !shell.spansInSight() ? null : selected.id());
        PartInspector part = partView;
        if (part != null) {
            part.follow(selected == null ? null : selected.id());
        }
        RunSnapshot now = sampled;
        if (now != null) {
            nodeModel.sample(null, now, 0);
            if (part != null) {
                part.sample(null, now, 0);
            }
        }
    }

    private void showEntry(EntryRow row) {
        entryModel.show(row);
        shell.showEntryTab();
    }

    private void goTo(String node) {
        canvas.selection().selectNode(node, CanvasSelection.Mode.REPLACE);
        canvas.reveal(node);
        shell.showNodeTab();
    }

    private UpkeepView.Actions upkeep() {
        return new UpkeepView.Actions() {
            @Override
            public void explain() {
                Inspection.this.explain();
            }

            @Override
            public void refresh() {
                entriesModel.refresh();
            }

            @Override
            public void togglePin() {
                entriesModel.selectedRow().map(EntryRow::entry).ifPresent(entry -> {
                    CacheEntry.Pinning other = entry.pinning() == CacheEntry.Pinning.PINNED
                            ? CacheEntry.Pinning.LOOSE
                            : CacheEntry.Pinning.PINNED;
                    background.execute(() -> model.pin(entry, other));
                });
            }

            @Override
            public void warmFromFolder() {
                actions.warmFromFolder();
            }

            @Override
            public void warmFromRecording() {
                actions.warmFromRecording();
            }

            @Override
            public void warmFromStore() {
                actions.chooseStore().ifPresent(warmModel::warm);
            }
        };
    }

    private TableChoice inTable() {
        Optional<EntryRow> selected = entriesModel.selectedRow();
        List<EntryRow> shown = entriesModel.shown();
        return new TableChoice(
                selected.map(row -> row.entry().key()).orElse(null),
                selected.map(row -> row.node() + ", " + row.shortKey()).orElse(""),
                entriesModel.filterWords(),
                shown.size(),
                () -> shown.stream().map(row -> row.entry().key()).collect(Collectors.toSet()));
    }

    private void showPinning() {
        pinning.set(entriesModel.selectedRow().map(row -> row.entry().pinning()).orElse(null));
    }

    private void openBulk() {
        UpkeepView view = upkeepView;
        if (view != null) {
            view.openBulk();
        }
    }

    /// Says who explains misses.
    void explainWith(TuneDesk desk) {
        tuning = desk;
        desk.onShowWhy(shell::showWhyTab);
    }

    /// Explains why the selected entry was computed the last time, or else the selected miss, or the newest.
    void explain() {
        TuneDesk desk = tuning;
        CacheKey key = entriesModel.selectedProperty().get();
        if (desk != null && (key == null || !shell.entriesInSight() || !desk.explain(key))) {
            desk.explainNewest();
        }
    }

    private boolean explain(CacheKey key) {
        TuneDesk desk = tuning;
        return desk != null && desk.explain(key);
    }

    /// Forgets what went wrong in a run, as another pipeline is shown.
    void noRun() {
        sampled = null;
        warmModel.cancel();
        problemsModel.clearRun();
        entriesModel.forget();
        bulkModel.clear();
    }

    // ---- views; those of one tab each are made when that tab is first chosen

    NodeInspector node() {
        NodeInspector view = nodeView;
        if (view == null) {
            view = new NodeInspector(nodeModel, files);
            nodeView = view;
            TuneDesk desk = tuning;
            if (desk != null) {
                view.addSection(desk.lastMisses());
                desk.follow(selectedNode().map(PipelineNode::id).orElse(null));
            }
        }
        return view;
    }

    Node part() {
        PartInspector view = new PartInspector(background, FxThread.executor());
        partView = view;
        showSelection();
        return view;
    }

    Node entry() {
        return new EntryInspector(entryModel, background, FxThread.executor());
    }

    Node entries() {
        UpkeepView view =
                new UpkeepView(new EntryTable(entriesModel, this::showEntry), bulkModel, warmModel, upkeep(), pinning);
        upkeepView = view;
        return view;
    }

    Node spans() {
        showSelection();
        return new SpansView(spansModel, this::followForSpans);
    }

    /// The node is followed only while the view is on the screen, because following it makes every stage record.
    private void followForSpans() {
        spansModel.follow(selectedNode().map(PipelineNode::id).orElse(null));
        spansModel.refresh();
    }

    /// @param choose asks for a file
    /// @param replay makes a file the stream of the pipeline
    Node traces(Supplier<Optional<Path>> choose, Consumer<Path> replay) {
        return new TraceBrowser(
                traceModel, () -> choose.get().ifPresent(this::showTrace), replay, background, FxThread.executor());
    }

    /// Shows the tree of a recording or a trace file.
    void showTrace(Path file) {
        traceModel.open(file);
        shell.showTracesTab();
    }

    Node problems() {
        return new ProblemsView(problemsModel, this::goTo);
    }

    /// Brings the form of the selected node in front.
    void edit() {
        shell.showNodeTab();
        node().requestFocus();
    }

    void sampled(@Nullable RunSnapshot previous, RunSnapshot now, long elapsedNanos) {
        sampled = now;
        nodeModel.sample(previous, now, elapsedNanos);
        if (!shell.spansInSight()) {
            model.run().watch(SpanRecorder.Watch.OFF);
        }
        problemsModel.showRun(now);
        PartInspector part = partView;
        if (part != null && shell.partInSight()) {
            part.sample(previous, now, elapsedNanos);
        }
        entryCount.askIfIdle();
    }

    // ---- for pictures, which show a person's screen in the middle of work

    /// Selects a node with a cache.
    void showSomeNode() {
        model.graph().nodes().stream()
                .filter(node -> node.cache() != null)
                .findFirst()
                .ifPresent(node -> goTo(node.id()));
    }

    /// Shows the moments of the newest span.
    void showSomeSpan() {
        spansModel.rows().stream()
                .filter(span -> span.outcome() == Outcome.MISS)
                .findFirst()
                .ifPresent(spansModel.selectedProperty()::set);
    }

    /// Opens the entry that was hit most.
    void showSomeEntry() {
        entriesModel.rows().stream().findFirst().ifPresent(row -> {
            entriesModel.selectedProperty().set(row.entry().key());
            showEntry(row);
        });
    }
}
