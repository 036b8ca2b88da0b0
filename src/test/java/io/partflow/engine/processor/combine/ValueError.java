package io.partflow.engine.processor.combine;

/// The failure that the peer's vectors name.
final class ValueError extends Exception {
    private static final long serialVersionUID = 1L;

    ValueError(String message) {
        super(message);
    }
}
