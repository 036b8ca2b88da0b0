package io.partflow.ui.support;

import java.util.Arrays;
import java.util.Locale;
import javafx.scene.control.Label;

/// The word in a small box that says what the cache did with a part.
public enum Badge {
    /// Answered by the cache.
    HIT,
    /// Had to be computed.
    MISS,
    /// Some of both.
    MIX,
    /// Joined a computation that was already in flight.
    JOINED,
    /// Taken out because its time to live had passed.
    EXPIRED,
    /// Taken out to make room.
    EVICTED,
    /// Failed.
    ERR,
    /// Stored.
    PUT,
    /// The cache is off.
    OFF;

    /// A new label showing this badge.
    public Label label() {
        Label label = new Label();
        label.getStyleClass().add("badge");
        show(label);
        return label;
    }

    /// Makes an existing badge label show this badge instead.
    public void show(Label label) {
        label.getStyleClass()
                .removeAll(Arrays.stream(values()).map(Badge::styleClass).toList());
        label.getStyleClass().add(styleClass());
        label.setText(Messages.text("badge." + styleClass()));
    }

    /// The style class that colours this badge, such as `hit`.
    public String styleClass() {
        return name().toLowerCase(Locale.ROOT);
    }
}
