package io.partflow.ui.editor.node;

import io.partflow.engine.content.Part;
import io.partflow.ui.editor.model.Waveform;
import io.partflow.ui.support.FxThread;
import io.partflow.ui.support.UprightImage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.image.Image;

/// Decodes the pictures and waveforms of previews away from the FX thread, each part once, and keeps the last 64.
///
/// FX thread; the executor may be anything that runs elsewhere.
public final class PreviewLoader {
    /// The largest size a picture is decoded to, px: 72 high in a node at up to 133 %.
    private static final double WIDTH = 192;

    private static final double HEIGHT = 96;
    private static final int KEPT = 64;

    private final Executor background;
    private final Map<Identity, Object> ready = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Identity, Object> eldest) {
            return size() > KEPT;
        }
    };

    /// One part and no equal one: comparing images byte by byte would cost more than decoding.
    private record Identity(Part part) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Identity that && that.part == part;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(part);
        }
    }

    public PreviewLoader(Executor background) {
        this.background = background;
    }

    /// Hands over the picture, at once when it is known; one that cannot be decoded has an error.
    void picture(Part part, Consumer<Image> taker) {
        load(part, Image.class, each -> UprightImage.of(each.bytes(), WIDTH, HEIGHT), taker);
    }

    /// Hands over the waveform, at once when it is known.
    void wave(Part part, Consumer<Waveform> taker) {
        load(part, Waveform.class, Waveform::of, taker);
    }

    private <T> void load(Part part, Class<T> type, Function<Part, T> decode, Consumer<T> taker) {
        Identity key = new Identity(part);
        Object known = ready.get(key);
        if (type.isInstance(known)) {
            taker.accept(type.cast(known));
            return;
        }
        background.execute(() -> {
            T made = decode.apply(part);
            FxThread.run(() -> {
                ready.put(key, made);
                taker.accept(made);
            });
        });
    }
}
