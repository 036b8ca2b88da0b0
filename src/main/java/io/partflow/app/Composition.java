package io.partflow.app;

import io.partflow.cli.environment.Folders;
import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.sqlite.SqliteStore;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.stream.CoarseClock;
import io.partflow.engine.stream.StreamClock;
import io.partflow.pipeline.PipelineDocument;
import io.partflow.ui.support.FxThread;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executor;

/// Everything the workbench is made of, put together in one place.
///
/// @param settings what the user has chosen for good
/// @param folders where the program keeps its own files
record Composition(WorkbenchModel model, Settings settings, Folders folders) {
    /// The product as it is shipped.
    static Composition ofProduct() {
        return of(Folders.ofProcess(), samplesFolder(), RunOptions.DEFAULT, virtualThreads(), FxThread.executor());
    }

    /// The same parts on another ground, for pictures and tests.
    static Composition of(Folders folders, Path samples, RunOptions options, Executor background, Executor fx) {
        StreamClock clock = options.clock();
        ProcessorCatalog catalog = BuiltinProcessors.catalog();
        CacheRoom caches = new CacheRoom(CoarseClock.of(clock), file -> SqliteStore.open(file, clock));
        Journals journals = new Journals(folders.journals(), new PipelineDocument(catalog), clock);
        WorkbenchModel model = new WorkbenchModel(
                new WorkbenchModel.Parts(catalog, caches, options, clock, samples, background, fx), journals);
        return new Composition(model, new Settings(folders.settings(), background), folders);
    }

    static Executor virtualThreads() {
        return task -> Thread.ofVirtual().name("partflow-work").start(task);
    }

    /// The shipped samples: beside the program, or in the project when it runs from there.
    static Path samplesFolder() {
        String home = System.getProperty("partflow.home", "");
        return Path.of(Objects.requireNonNull(home))
                .resolve("samples")
                .toAbsolutePath()
                .normalize();
    }
}
