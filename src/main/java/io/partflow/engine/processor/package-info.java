/// What a processor is: the two kinds an author extends, sources and sinks, and the descriptor that tells palette,
/// form, document and
/// command line about it.
///
/// Read first: [PartProcessor], [Processor], [ProcessorDescriptor]. Descriptors and parameters are immutable; a
/// processor's own threading
/// rule is on its class. Depends on `engine.content` and `engine.stream`.
@NullMarked
package io.partflow.engine.processor;

import org.jspecify.annotations.NullMarked;
