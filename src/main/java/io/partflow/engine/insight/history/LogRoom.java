package io.partflow.engine.insight.history;

/// How many lines the logs of all nodes may hold together, so that their memory does not grow with the number of
/// nodes. Confined to one thread.
///
/// A log doubles as long as there is room; then it holds its last lines. Every log may hold some thousand
/// lines, however many there are.
public final class LogRoom {
    /// How many lines a log has room for at first.
    public static final int FIRST = 1 << 8;

    /// The most lines of one log.
    public static final int MOST = 1 << 16;

    private static final int ALWAYS = 1 << 12;

    private long left;

    /// @param lines for all logs together
    public LogRoom(long lines) {
        left = lines;
    }

    /// Whether a log of so many lines may double.
    boolean grants(int lines) {
        if (lines >= MOST || (lines >= ALWAYS && lines > left)) {
            return false;
        }
        left -= lines;
        return true;
    }
}
