package io.partflow.engine.stream;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// The computer's clock: `System.nanoTime`, the system's UTC time, and real waiting. Thread-safe.
enum SystemClock implements StreamClock {
    INSTANCE;

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
        if (nanos <= 0) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return;
        }
        TimeUnit.NANOSECONDS.sleep(nanos);
    }
}
