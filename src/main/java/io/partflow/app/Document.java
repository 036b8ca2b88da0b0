package io.partflow.app;

import io.partflow.pipeline.PipelineDocument.Access;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.edit.EditHistory;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One open pipeline: its history and the file it belongs to. FX thread.
///
/// @param file where Save writes, or null while it has no name
/// @param folder where its relative paths start
/// @param access whether Save may write the file
record Document(EditHistory history, @Nullable Path file, Path folder, Access access) {
    PipelineGraph graph() {
        return history.graph();
    }

    /// The name to show: the file's, else the pipeline's.
    String title() {
        Path named = file;
        return named == null ? history.graph().name() : String.valueOf(named.getFileName());
    }

    /// Where Save may write without asking.
    Optional<Path> writableFile() {
        return access == Access.WRITABLE ? Optional.ofNullable(file) : Optional.empty();
    }
}
