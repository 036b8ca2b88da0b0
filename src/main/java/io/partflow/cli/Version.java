package io.partflow.cli;

import io.partflow.engine.trace.ProgramVersion;

/// The program's version, as the build wrote it down.
public final class Version {
    private Version() {}

    /// Such as `0.1.0`.
    public static String text() {
        return ProgramVersion.text();
    }
}
