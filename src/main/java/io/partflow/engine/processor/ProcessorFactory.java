package io.partflow.engine.processor;

/// Builds a processor in place from its parameters. Must not read files or the network: that belongs to the run.
@FunctionalInterface
public interface ProcessorFactory {
    StageBody create(Params params, BuildContext context);
}
