package io.partflow.engine.prompt.event;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.image.ImageLooks;
import io.partflow.engine.content.image.ImageSignature;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Tells by their signatures, without a model, what became of the scene in the images it gets: `cut`, `darker`,
/// `brighter` or `steady`.
///
/// The answer depends on the images alone, so it may be cached. It is a text with the metadata `event_type` (the same
/// word) and `brightness` (of the last image, 0 to 1). How many images it gets is up to [EventDetection]: two tell
/// what one image changed, more tell slow changes and remember a change for as long. Thread-safe.
public final class SceneChange implements Detector {
    /// What can become of a scene.
    public enum Change {
        /// Some image shows another scene than the one before.
        CUT,
        /// The last image is darker than the first of its scene.
        DARKER,
        /// The last image is brighter than the first of its scene.
        BRIGHTER,
        /// Nothing of that.
        STEADY;

        /// The word in the answer.
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What counts as a change.
    ///
    /// @param cutDistance how many bits of structure at least differ across a cut, from 1 to 64
    /// @param lightShare how much of the brighter image's brightness at least is gained or lost, above 0, at most 1
    public record Settings(int cutDistance, double lightShare) {
        /// 22 bits, where two pictures at random differ by 32 and seldom by less, and a quarter of the light.
        public static final Settings DEFAULT = new Settings(22, 0.25);

        public Settings {
            if (cutDistance < 1 || cutDistance > ImageSignature.BITS) {
                throw new IllegalArgumentException(
                        "distance of a cut is " + cutDistance + "; it must be from 1 to " + ImageSignature.BITS);
            }
            if (!(lightShare > 0 && lightShare <= 1)) {
                throw new IllegalArgumentException(
                        "share of light is " + lightShare + "; it must be above 0 and at most 1");
            }
        }
    }

    /// In a darker picture there is nothing but noise to compare.
    private static final double DARKEST_STRUCTURE = 0.005;
    /// Less light than this, gained or lost, is no change, however dark the picture.
    private static final double LEAST_LIGHT = 0.02;

    private static final int REMEMBERED_IMAGES = 1_024;

    private final Settings settings;
    private final ImageLooks looks;
    // By identity: the same image is looked at again while it is among the last ones.
    private final Cache<Part, ImageSignature> known = Caffeine.newBuilder()
            .weakKeys()
            .maximumSize(REMEMBERED_IMAGES)
            .executor(Runnable::run)
            .build();

    public SceneChange(Settings settings, ImageLooks looks) {
        this.settings = settings;
        this.looks = looks;
    }

    @Override
    public void detect(List<Part> content, PartContext context) throws Exception {
        List<ImageSignature> images = new ArrayList<>();
        for (Part part : content) {
            if (part.isImage()) {
                images.add(signature(part));
            }
        }
        if (!images.isEmpty()) {
            String word = change(images).id();
            context.emit(Part.text(word)
                    .withMetadata(EventDebouncer.EVENT_TYPE, JsonValue.of(word))
                    .withMetadata("brightness", JsonValue.of(images.getLast().brightness())));
        }
    }

    private ImageSignature signature(Part image) throws PartException {
        ImageSignature signature = known.getIfPresent(image);
        if (signature == null) {
            try {
                signature = looks.signature(image);
            } catch (IOException e) {
                throw new PartException(Failure.of(
                        "IMAGE_UNREADABLE",
                        "An image of type " + image.mimeType() + " could not be compared: " + e.getMessage() + ".",
                        "Save it as PNG or JPEG, within the pixel limit."));
            }
            known.put(image, signature);
        }
        return signature;
    }

    /// What became of the scene in these images.
    ///
    /// @param images oldest first, at least one
    public Change change(List<ImageSignature> images) {
        int sceneBegin = 0;
        boolean cut = false;
        // The last picture that showed something; darkness between two pictures is no reason not to compare them.
        ImageSignature shown = null;
        for (int i = 0; i < images.size(); i++) {
            ImageSignature image = images.get(i);
            if (image.brightness() < DARKEST_STRUCTURE) {
                continue;
            }
            if (shown != null && shown.distance(image) >= settings.cutDistance()) {
                cut = true;
            } else if (shown == null && i > 0 && i < images.size() - 1) {
                // Out of the dark into a scene nobody knows: what came before is no measure for it.
                sceneBegin = i;
            }
            shown = image;
        }
        return cut
                ? Change.CUT
                : light(images.get(sceneBegin).brightness(), images.getLast().brightness());
    }

    private Change light(double before, double now) {
        double least = Math.max(LEAST_LIGHT, settings.lightShare() * Math.max(before, now));
        if (Math.abs(now - before) < least) {
            return Change.STEADY;
        }
        return now < before ? Change.DARKER : Change.BRIGHTER;
    }
}
