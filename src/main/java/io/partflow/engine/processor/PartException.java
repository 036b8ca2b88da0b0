package io.partflow.engine.processor;

/// Says that one part cannot be processed; the run counts it and goes on with the next.
public final class PartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public PartException(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    /// @param cause what was thrown, for the log
    public PartException(Failure failure, Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
