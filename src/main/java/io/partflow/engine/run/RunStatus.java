package io.partflow.engine.run;

import java.util.Locale;

/// Where a run stands. It starts RUNNING, may be PAUSED in between, and ends in one of the last three, for good.
public enum RunStatus {
    RUNNING,
    PAUSED,
    COMPLETED,
    CANCELLED,
    FAILED;

    public boolean isEnded() {
        return this == COMPLETED || this == CANCELLED || this == FAILED;
    }

    /// The name used in reports.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
