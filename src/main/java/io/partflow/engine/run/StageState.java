package io.partflow.engine.run;

/// What a stage is doing at the moment of a snapshot.
public enum StageState {
    /// Not started yet.
    IDLE,
    /// At work on a part.
    RUNNING,
    /// Its input is empty.
    WAITING,
    /// Its output has no room.
    BLOCKED,
    /// Has work or waits for some, in a run that is held.
    PAUSED,
    /// Its input has ended and everything is passed on.
    DONE,
    /// It ended the run with an error.
    FAILED,
    /// The run was ended before it was done.
    CANCELLED,
    /// Passes parts through untouched.
    BYPASSED,
    /// Takes no part, so that nothing below it runs.
    MUTED
}
