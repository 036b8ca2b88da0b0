package io.partflow.cli;

import java.util.Locale;

/// A short name for an error of the program: the same for the same error in every release that has not
/// changed the methods involved.
///
/// Made of the names of the exception's class and of the methods of this program on its stack, without line
/// numbers, so that a report of the code alone finds the place.
final class ErrorCode {
    private static final String OURS = "io.partflow.";
    private static final int DEPTH = 4;
    private static final int SPACE = 32 * 32 * 32 * 32;

    private ErrorCode() {}

    /// Such as `PF-7K3Q`.
    static String of(Throwable thrown) {
        int hash = thrown.getClass().getName().hashCode();
        int seen = 0;
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (seen < DEPTH && frame.getClassName().startsWith(OURS)) {
                hash = 31 * hash + frame.getClassName().hashCode();
                hash = 31 * hash + frame.getMethodName().hashCode();
                seen++;
            }
        }
        String digits = Integer.toString(Math.floorMod(hash, SPACE), 32).toUpperCase(Locale.ROOT);
        return "PF-" + "0".repeat(4 - digits.length()) + digits;
    }
}
