package io.partflow.app;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheNamespace;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.EntryFacts;
import io.partflow.engine.cache.upkeep.Invalidation;
import io.partflow.engine.cache.upkeep.RoomFilling;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.StagePlan;
import io.partflow.engine.stream.StreamClock;
import io.partflow.pipeline.GraphChecker;
import io.partflow.pipeline.GraphCompiler;
import io.partflow.pipeline.GraphInputs;
import io.partflow.pipeline.GraphPaths;
import io.partflow.pipeline.PipelineDocument;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.Problem;
import io.partflow.pipeline.edit.AutoLayout;
import io.partflow.pipeline.edit.EditCommand;
import io.partflow.pipeline.edit.EditHistory;
import io.partflow.pipeline.edit.RecoveryJournal;
import io.partflow.pipeline.edit.ReplaceGraph;
import io.partflow.pipeline.warm.MutedSinks;
import io.partflow.ui.tune.sample.WatchedCaches;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// What the workbench shows and can be told to do: the open pipeline, its problems, its run and its caches.
///
/// FX thread. Files are read and written, and graphs checked, on `background`; results come back through `fx`.
final class WorkbenchModel {
    /// What the model is made of, so that a test can hand in its own.
    ///
    /// @param samples the folder with the shipped samples; its documents are never written to
    /// @param background runs what waits
    /// @param fx runs what touches properties
    record Parts(
            ProcessorCatalog catalog,
            CacheRoom caches,
            RunOptions options,
            StreamClock clock,
            Path samples,
            Executor background,
            Executor fx) {}

    private final Parts parts;
    private final PipelineDocument format;
    private final RunControl run;
    private final ReadOnlyObjectWrapper<Document> document;
    private final ReadOnlyObjectWrapper<PipelineGraph> graph;
    private final ReadOnlyObjectWrapper<List<Problem>> problems =
            new ReadOnlyObjectWrapper<>(this, "problems", List.of());
    private final ReadOnlyStringWrapper undoTitle = new ReadOnlyStringWrapper(this, "undoTitle", "");
    private final ReadOnlyStringWrapper redoTitle = new ReadOnlyStringWrapper(this, "redoTitle", "");
    private final ReadOnlyBooleanWrapper dirty = new ReadOnlyBooleanWrapper(this, "dirty", false);
    private long opens;
    private final AtomicLong checks = new AtomicLong();
    private final Journals journals;
    // One after the other: of two saves in a row the later one must stay.
    private CompletableFuture<@Nullable Void> writes = CompletableFuture.completedFuture(null);
    // Done when no new name is being tried out: until then it is open which file the document belongs to.
    private CompletableFuture<@Nullable Void> naming = CompletableFuture.completedFuture(null);
    // What is wrong with the file the document was read from, whatever is edited since.
    private List<Problem> ofDocument = List.of();
    private Consumer<Notice> notices = notice -> {};
    private Runnable cachesChanged = () -> {};
    private Runnable commit = () -> {};
    private Runnable refused = () -> {};
    private @Nullable Path lastRecording;
    private final WatchedCaches watched;

    WorkbenchModel(Parts parts, Journals journals) {
        this.parts = parts;
        this.journals = journals;
        this.format = new PipelineDocument(parts.catalog());
        this.watched = new WatchedCaches(parts.caches(), parts.clock());
        this.run = new RunControl(parts.caches(), parts.options(), parts.background(), parts.fx());
        Document empty = untitled(PipelineGraph.empty("Untitled"));
        this.document = new ReadOnlyObjectWrapper<>(this, "document", empty);
        this.graph = new ReadOnlyObjectWrapper<>(this, "graph", empty.graph());
        run.onEnd(this::runEnded);
        journals.onTrouble(problem -> parts.fx().execute(() -> tell(Notice.of(problem))));
    }

    ProcessorCatalog catalog() {
        return parts.catalog();
    }

    PipelineDocument format() {
        return format;
    }

    /// What the history of the caches says.
    WatchedCaches watched() {
        return watched;
    }

    RunControl run() {
        return run;
    }

    Path samples() {
        return parts.samples();
    }

    ReadOnlyObjectProperty<Document> documentProperty() {
        return document.getReadOnlyProperty();
    }

    Document document() {
        return Objects.requireNonNull(document.get());
    }

    /// The graph as it is after the last step; changes with every edit, undo and redo.
    ReadOnlyObjectProperty<PipelineGraph> graphProperty() {
        return graph.getReadOnlyProperty();
    }

    PipelineGraph graph() {
        return Objects.requireNonNull(graph.get());
    }

    /// What is wrong with the graph or its document, as of the last check.
    ReadOnlyObjectProperty<List<Problem>> problemsProperty() {
        return problems.getReadOnlyProperty();
    }

    /// What undo would take back; empty when there is nothing.
    ReadOnlyStringProperty undoTitleProperty() {
        return undoTitle.getReadOnlyProperty();
    }

    ReadOnlyStringProperty redoTitleProperty() {
        return redoTitle.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty dirtyProperty() {
        return dirty.getReadOnlyProperty();
    }

    /// Is told what the user should hear about, on the FX thread.
    void onNotice(Consumer<Notice> listener) {
        notices = listener;
    }

    /// Is told when entries were taken out or put back by the user, on the FX thread.
    void onCachesChanged(Runnable listener) {
        cachesChanged = listener;
    }

    /// Is told when a run could not start because of problems, on the FX thread.
    void onRefused(Runnable listener) {
        refused = listener;
    }

    /// Is told to hand in what is typed but not committed, before the pipeline is run, written, undone or given up;
    /// on the FX thread.
    void onCommit(Runnable listener) {
        commit = listener;
    }

    /// Takes in what is typed but not committed.
    void commitTyped() {
        commit.run();
    }

    StreamClock clock() {
        return parts.clock();
    }

    void tell(Notice notice) {
        notices.accept(notice);
    }

    // ---- documents

    private Document untitled(PipelineGraph start) {
        return new Document(history(start), null, Path.of("").toAbsolutePath(), PipelineDocument.Access.SAVE_AS_ONLY);
    }

    private EditHistory history(PipelineGraph start) {
        return new EditHistory(start, parts.clock(), this::edited);
    }

    /// Puts an empty pipeline in place of the open one. Unsaved work is given up: ask before.
    void startNew() {
        opens++;
        show(untitled(PipelineGraph.empty("Untitled")), List.of());
    }

    /// Reads a pipeline and shows it in place of the open one. Unsaved work is given up: ask before.
    ///
    /// @param then is called when it is shown, or not at all when it could not be read
    void open(Path file, Runnable then) {
        Path absolute = file.toAbsolutePath().normalize();
        boolean shipped = absolute.startsWith(parts.samples().toAbsolutePath().normalize());
        // Opened anew over its own unsaved work: what the journal holds is that work, which is being given up.
        boolean givenUp = dirty.get() && absolute.equals(document().file());
        long number = ++opens;
        parts.background().execute(() -> {
            PipelineDocument.Reading reading = format.read(absolute);
            PipelineDocument.Access access = shipped ? PipelineDocument.Access.SAVE_AS_ONLY : reading.access();
            Optional<RecoveryJournal.Recovered> left = givenUp ? Optional.empty() : journals.find(absolute, access);
            parts.fx().execute(() -> {
                if (number != opens) {
                    // Another one was asked for meanwhile; a slow disk must not put this one in its place.
                    return;
                }
                if (reading.access() == PipelineDocument.Access.UNREADABLE) {
                    reading.problems().forEach(problem -> tell(Notice.of(problem)));
                    return;
                }
                Path folder = Objects.requireNonNullElse(absolute.getParent(), absolute);
                Document opened = new Document(history(laidOut(reading.graph())), absolute, folder, access);
                show(opened, reading.problems());
                reading.problems().stream()
                        .filter(problem -> problem.severity() != Problem.Severity.INFO)
                        .limit(1)
                        .forEach(problem -> tell(Notice.of(problem)));
                left.ifPresent(found -> tell(Notice.recovered(found, () -> recover(found.graph()))));
                then.run();
            });
        });
    }

    /// Offers what a crash left of a pipeline that never had a file.
    void offerUntitled() {
        parts.background()
                .execute(() -> journals.findUntitled()
                        .ifPresent(found -> parts.fx()
                                .execute(() -> tell(Notice.recovered(found, () -> recoverUntitled(found.graph()))))));
    }

    private void recoverUntitled(PipelineGraph found) {
        if (!dirty.get()) {
            startNew();
        }
        recover(found);
    }

    /// A document made by hand or by a program may place no node; all in one spot, they would look like one.
    private static PipelineGraph laidOut(PipelineGraph read) {
        long places = read.nodes().stream().map(PipelineNode::layout).distinct().count();
        return read.nodes().size() > 1 && places == 1 ? AutoLayout.of(read).apply(read) : read;
    }

    private void recover(PipelineGraph found) {
        execute(new ReplaceGraph(found, "restore unsaved work"));
    }

    private void show(Document opened, List<Problem> first) {
        run.forget(cachesChanged);
        document.set(opened);
        journals.follow(opened);
        ofDocument = first;
        problems.set(first);
        edited();
    }

    /// Writes the file the pipeline came from; false when it has none that may be written, so that a name must be
    /// asked for.
    ///
    /// @param then is called when it is written, or not at all when it could not be
    boolean save(Runnable then) {
        commitTyped();
        if (!naming.isDone()) {
            naming = naming.thenRun(() -> {
                boolean unused = save(then);
            });
            return true;
        }
        Document written = document();
        long revision = written.history().revision();
        Optional<Path> file = written.writableFile();
        file.ifPresent(path -> write(written.graph(), path, problem -> {
            if (problem.isPresent()) {
                tell(Notice.of(problem.get()));
                return;
            }
            written.history().markSaved(revision);
            tell(Notice.saved(path));
            then.run();
        }));
        return file.isPresent();
    }

    /// Writes another file, which the pipeline belongs to once it is written: until then, and when it cannot be, the
    /// document stays where and what it is.
    ///
    /// @param then is called when it is written, or not at all when it could not be
    void saveAs(Path file, Runnable then) {
        commitTyped();
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = Objects.requireNonNullElse(absolute.getParent(), absolute);
        Document before = document();
        long revision = before.history().revision();
        CompletableFuture<@Nullable Void> named = new CompletableFuture<>();
        naming = named;
        write(moved(before, folder), absolute, problem -> {
            if (problem.isPresent()) {
                tell(Notice.of(problem.get()));
            } else {
                if (document() == before) {
                    belongTo(absolute, folder, before, revision);
                }
                tell(Notice.saved(absolute));
                then.run();
            }
            named.complete(null);
        });
    }

    /// Paths in a document are relative to it, so they have to be told anew from a new place.
    private PipelineGraph moved(Document from, Path folder) {
        return folder.equals(from.folder())
                ? from.graph()
                : GraphPaths.moved(from.graph(), parts.catalog(), from.folder(), folder);
    }

    private void belongTo(Path file, Path folder, Document before, long written) {
        EditHistory history = before.history();
        boolean unchanged = history.revision() == written;
        PipelineGraph moved = moved(before, folder);
        if (!moved.equals(before.graph())) {
            history.execute(new ReplaceGraph(moved, "move to another folder"));
        }
        Document named = new Document(history, file, folder, PipelineDocument.Access.WRITABLE);
        document.set(named);
        if (unchanged) {
            history.markSaved(history.revision());
        }
        journals.follow(named);
        ofDocument = List.of();
        edited();
    }

    /// @param told of what went wrong or that nothing did, on the FX thread
    private void write(PipelineGraph written, Path file, Consumer<Optional<Problem>> told) {
        writes = writes.handleAsync(
                (done, failed) -> {
                    Optional<Problem> problem = format.save(written, file);
                    parts.fx().execute(() -> told.accept(problem));
                    return null;
                },
                parts.background());
    }

    // ---- edits

    void execute(EditCommand command) {
        document().history().execute(command);
    }

    void undo() {
        commitTyped();
        document().history().undo();
    }

    void redo() {
        commitTyped();
        document().history().redo();
    }

    private void edited() {
        Document open = document();
        EditHistory history = open.history();
        graph.set(history.graph());
        dirty.set(history.isDirty());
        undoTitle.set(history.undoTitle().orElse(""));
        redoTitle.set(history.redoTitle().orElse(""));
        journals.note(open);
        check(open);
    }

    private void check(Document open) {
        long number = checks.incrementAndGet();
        PipelineGraph now = open.graph();
        parts.background().execute(() -> {
            if (checks.get() != number) {
                return;
            }
            List<Problem> found = GraphChecker.check(now, parts.catalog(), open.folder());
            parts.fx().execute(() -> {
                if (checks.get() == number) {
                    problems.set(withDocument(found));
                }
            });
        });
    }

    private List<Problem> withDocument(List<Problem> ofGraph) {
        return Stream.concat(ofDocument.stream(), ofGraph.stream()).toList();
    }

    // ---- runs

    /// Compiles and starts; problems are told instead when there are any. Does nothing while a run goes on.
    ///
    /// @param recordTo where to record it, or null
    void startRun(RunOptions.Reading reading, @Nullable Path recordTo) {
        startRun(RunControl.CacheUse.of(reading), recordTo);
    }

    /// As [#startRun(RunOptions.Reading, Path)], with more to say about the caches.
    void startRun(RunControl.CacheUse use, @Nullable Path recordTo) {
        if (run.isActive()) {
            return;
        }
        commitTyped();
        start(document().graph(), use, recordTo);
    }

    /// Runs the pipeline on other input, to fill its caches: nothing comes out of it, and the document stays as it
    /// is.
    ///
    /// @param input what its sources read instead
    void warm(GraphInputs.Replaced input) {
        Problem problem = input.problem();
        PipelineGraph other = input.graph();
        if (problem != null) {
            tell(Notice.of(problem));
        } else if (other != null && !run.isActive()) {
            start(MutedSinks.of(other, parts.catalog()), RunControl.CacheUse.ALL, null);
        }
    }

    private void start(PipelineGraph now, RunControl.CacheUse use, @Nullable Path recordTo) {
        Document open = document();
        run.start(new RunControl.Order(
                () -> {
                    watched.begin(
                            open.history(),
                            use.reading() == RunOptions.Reading.ALL
                                    ? WatchedCaches.Start.WARM
                                    : WatchedCaches.Start.COLD);
                    return GraphCompiler.compile(now, parts.catalog(), open.folder());
                },
                use,
                recordTo,
                compiled -> {
                    lastRecording = recordTo;
                    compiled(compiled);
                }));
    }

    private void compiled(GraphCompiler.Compiled compiled) {
        problems.set(withDocument(compiled.problems()));
        if (compiled.plan() == null) {
            compiled.errors().stream().limit(1).forEach(problem -> tell(Notice.of(problem)));
            refused.run();
        }
    }

    private void runEnded(RunSnapshot end) {
        tell(Notice.ended(end, Optional.ofNullable(lastRecording)));
        lastRecording = null;
    }

    /// The recordings that the pipeline replays, those of nodes that are off excepted; in the order of the graph.
    List<Path> recordings() {
        List<Path> files = new ArrayList<>();
        for (PipelineNode node : graph().nodes()) {
            if (node.processor().equals(GraphInputs.RECORDING)
                    && node.params().get("file") instanceof JsonString file
                    && !file.value().isBlank()) {
                try {
                    files.add(document().folder().resolve(file.value()).normalize());
                } catch (InvalidPathException e) {
                    // The pipeline's problems say so.
                }
            }
        }
        return files;
    }

    // ---- caches

    /// A copy of all entries. Any thread; takes as long as there are entries, so not the FX thread.
    List<CacheEntry> entries() {
        return parts.caches().entries();
    }

    /// How many entries there are. Any thread.
    long entryCount() {
        return parts.caches().count();
    }

    /// The entry under a key; empty when there is none. Any thread.
    Optional<CacheEntry> entry(CacheKey key) {
        return parts.caches().peek(key);
    }

    /// Takes an entry out. Any thread.
    ///
    /// @return the entry, to put it back with [#restore(List)]; empty when it was not there any more
    Optional<CacheEntry> invalidate(CacheKey key) {
        Optional<CacheEntry> entry = parts.caches().peek(key);
        return parts.caches().invalidate(key) ? entry : Optional.empty();
    }

    /// Chooses entries to be taken out; nothing is taken out yet. Any thread but FX.
    Invalidation choose(Invalidation.Criteria criteria, Predicate<EntryFacts> query, Invalidation.Derived derived) {
        return Invalidation.of(parts.caches(), criteria, query, derived);
    }

    /// Pins an entry or lets it go. Any thread but FX.
    void pin(CacheEntry entry, CacheEntry.Pinning pinning) {
        for (ContentCache cache : parts.caches().caches()) {
            boolean unused = cache.pin(entry.key(), pinning);
        }
        parts.fx().execute(cachesChanged);
    }

    private record Opened(PipelineGraph graph, Path folder) {}

    /// Copies what another store has of this pipeline's answers. Any thread but FX.
    ///
    /// @param goOn is told how far it has come; ends it by saying no
    RoomFilling.Progress warmFrom(Path store, Predicate<RoomFilling.Progress> goOn) {
        // The document and its graph belong to the FX thread, and compiling reads files.
        CompletableFuture<RoomFilling.Progress> filled = CompletableFuture.supplyAsync(
                        () -> {
                            Opened open = new Opened(graph(), document().folder());
                            return run.besideRuns(kept -> fill(open, store, goOn, kept));
                        },
                        parts.fx())
                .join();
        try {
            return filled.join();
        } catch (CancellationException forgotten) {
            return new RoomFilling.Progress(0, 0, 0);
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    /// @param kept whether the caches are still those of the pipeline
    private RoomFilling.Progress fill(
            Opened open, Path store, Predicate<RoomFilling.Progress> goOn, BooleanSupplier kept) {
        GraphCompiler.Compiled compiled = GraphCompiler.compile(open.graph(), parts.catalog(), open.folder());
        if (compiled.plan() != null) {
            for (StagePlan stage : compiled.plan().stages()) {
                CacheSettings settings = stage.cache();
                if (settings != null) {
                    ProcessorDescriptor descriptor = stage.entry().descriptor();
                    ContentCache unused = parts.caches()
                            .cache(
                                    stage.id(),
                                    descriptor.id(),
                                    settings,
                                    CacheNamespace.prefix(stage.entry(), stage.params(), settings));
                }
            }
        }
        return RoomFilling.fromStore(
                parts.caches(), store, parts.clock(), sofar -> goOn.test(sofar) && kept.getAsBoolean());
    }

    /// Says that entries went or came.
    void noteCaches() {
        cachesChanged.run();
    }

    /// Puts entries back that were taken out. Any thread.
    void restore(List<CacheEntry> entries) {
        entries.forEach(parts.caches()::restore);
        parts.fx().execute(cachesChanged);
    }

    /// Begins to end the run and to close the caches; unsaved work is kept in the journal. See [#awaitEnd()].
    void close() {
        run.close();
        parts.background().execute(watched::close);
        journals.close();
    }

    /// Waits until the journal of a closed model is on disk and its caches are closed. Any thread but FX.
    void awaitEnd() {
        journals.awaitEnd();
        run.awaitEnd();
    }
}
