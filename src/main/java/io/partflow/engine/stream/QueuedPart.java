package io.partflow.engine.stream;

import io.partflow.engine.content.Delivery;

/// A part on its way through a queue, with the bytes it holds of the budget. Whoever takes it releases it when done
/// with the part.
public record QueuedPart(Delivery delivery, Charge charge) {
    public void release() {
        charge.release();
    }
}
