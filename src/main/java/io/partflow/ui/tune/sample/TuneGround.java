package io.partflow.ui.tune.sample;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.pipeline.edit.EditCommand;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// The pipeline that is tuned, as far as the views here have to do with it. FX thread.
///
/// @param title the name of a node by its id
/// @param settings how a node is cached now; empty for a node that is not, or is not there
/// @param edits takes changes, each one step to undo
public record TuneGround(
        UnaryOperator<String> title, Function<String, Optional<CacheSettings>> settings, Consumer<EditCommand> edits) {}
