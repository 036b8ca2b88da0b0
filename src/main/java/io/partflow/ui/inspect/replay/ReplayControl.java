package io.partflow.ui.inspect.replay;

/// What a replay can be told to do. FX thread.
public interface ReplayControl {
    /// Lets the next part through and holds after it; begins a run held so when none is going on.
    void step();

    /// Goes elsewhere in the recording; when no run is going on, the next one begins there.
    ///
    /// @param atMillis of the recording, at least 0
    void seek(double atMillis);

    /// Holds the run, or lets it go on; begins one when none is going on.
    void togglePlay();

    /// Where in the recording the run is, or where the next one will begin.
    double positionMillis();
}
