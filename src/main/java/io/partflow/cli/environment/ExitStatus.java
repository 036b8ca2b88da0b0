package io.partflow.cli.environment;

/// What the process tells its caller at the end.
public enum ExitStatus {
    FINE(0),
    /// Problems were found, a part failed, the run failed, or an assertion did.
    PROBLEMS(1),
    /// Wrong usage.
    USAGE(2),
    /// The environment lacks something: a display, a Java 25.
    ENVIRONMENT(3),
    /// An error of the program itself.
    INTERNAL(4),
    /// Interrupted by the user.
    INTERRUPTED(130);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
