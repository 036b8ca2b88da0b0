package io.partflow.app;

/// The entry point of every start, with or without a window.
///
/// It does not extend `Application`: a main class that does would need JavaFX as modules before `main` runs.
public final class Launcher {

    private Launcher() {}

    /// Starts the workbench or the command named by `args`.
    public static void main(String[] args) {
        System.out.println("Partflow Workbench");
    }
}
