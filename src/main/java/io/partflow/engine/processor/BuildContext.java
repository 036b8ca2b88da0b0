package io.partflow.engine.processor;

import java.nio.file.Path;

/// What a factory may use to build a processor in place: no captured objects, so that another machine can do
/// the same. Immutable.
///
/// @param node the id of the node, for messages and origins
/// @param folder the folder that relative paths start from (the document's own)
/// @param seed the pipeline's seed; all randomness derives from it
public record BuildContext(String node, Path folder, long seed) {
    /// A path of a document, resolved against its folder.
    public Path resolve(String path) {
        return folder.resolve(path).normalize();
    }
}
