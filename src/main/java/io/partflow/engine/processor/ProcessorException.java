package io.partflow.engine.processor;

/// Says that a stage cannot continue; the run ends with it. Names the node.
public final class ProcessorException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String node;
    private final transient Failure failure;

    public ProcessorException(String node, Failure failure, Throwable cause) {
        super(node + ": " + failure.message(), cause);
        this.node = node;
        this.failure = failure;
    }

    public String node() {
        return node;
    }

    public Failure failure() {
        return failure;
    }
}
