package io.partflow.app;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The views that can be drawn by name: which sample runs in them, how long, and what is in front.
enum PictureScene {
    /// The main window with the first sample running.
    BUILD("hello-hits", 10, 5_000),
    /// All charts beside the canvas.
    OBSERVE("hello-hits", 10, 5_500),
    /// The three branches with small caches.
    BRANCHES("text-image-audio", 1, 6_000),
    /// The table of cache entries, with one of them open.
    ENTRIES("text-image-audio", 1, 6_000),
    /// The tree of a recording in the dock, and where the time of single parts went in the inspector.
    TRACE("hello-hits", 10, 5_000),
    /// What the history of the caches says: size curve, times to live, costs and advice.
    TUNE("hello-hits", 10, 13_000),
    /// Why a request was not served, with what differs from an earlier one.
    WHY("text-image-audio", 10, 7_000),
    /// Entries that are about to be removed in bulk.
    BULK("text-image-audio", 1, 6_000),
    /// What is shown while there is no pipeline.
    EMPTY("", 1, 300),
    /// The list of problems of a pipeline that cannot run.
    PROBLEMS("", 1, 300);

    private final String sample;
    private final double speed;
    private final int runMillis;

    PictureScene(String sample, double speed, int runMillis) {
        this.sample = sample;
        this.speed = speed;
        this.runMillis = runMillis;
    }

    /// The sample's file name; empty when nothing is opened.
    Optional<String> sampleFile() {
        return sample.isEmpty() ? Optional.empty() : Optional.of(sample + ".partflow.json");
    }

    double speed() {
        return speed;
    }

    /// How long the run goes on before the picture is taken.
    int runMillis() {
        return runMillis;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> names() {
        return Arrays.stream(values()).map(PictureScene::id).toList();
    }

    static PictureScene of(String id) {
        return Arrays.stream(values())
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no view is named \"" + id + "\""));
    }
}
