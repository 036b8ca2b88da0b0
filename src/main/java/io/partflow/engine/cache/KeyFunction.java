package io.partflow.engine.cache;

import io.partflow.engine.content.BlobBody;
import io.partflow.engine.content.Bytes;
import io.partflow.engine.content.CanonicalForm;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.TextBody;
import io.partflow.engine.content.image.AlikePictures;
import io.partflow.engine.content.image.ImageSignature;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What of a content counts for its key: contents of which the same counts may share an answer.
///
/// Functions compose: each of the methods that follow gives a new one that changes the parts first and then
/// asks this one. The parts that are passed on are never changed. Thread-safe; immutable, save that
/// [#matchingImages(AlikePictures)] shares the memory it is given.
@FunctionalInterface
public interface KeyFunction {
    /// All that the wire form says counts, save `capture_time`: the function of genai-processors.
    KeyFunction DEFAULT = parts -> parts;

    /// The type of what stands for a picture where pictures are matched by likeness.
    String PICTURE_TYPE = "application/x-partflow-picture";

    /// The parts as they count, or null if the content is not cacheable.
    @Nullable
    List<Part> counted(List<Part> parts);

    /// The hash of a content, or null if it is not cacheable.
    default @Nullable ContentHash hash(List<Part> parts) {
        List<Part> counted = counted(parts);
        return counted == null ? null : CanonicalForm.hash(counted);
    }

    /// The key of a content under a prefix, or null if it is not cacheable.
    default @Nullable CacheKey key(String prefix, List<Part> parts) {
        ContentHash hash = hash(parts);
        return hash == null ? null : new CacheKey(prefix, hash);
    }

    /// This function, with each part changed first.
    private KeyFunction after(UnaryOperator<Part> change) {
        return parts -> {
            List<Part> changed = new ArrayList<>(parts.size());
            for (Part part : parts) {
                changed.add(change.apply(part));
            }
            return counted(changed);
        };
    }

    /// This function, without the metadata entries of these names.
    default KeyFunction ignoring(List<String> metadataNames) {
        List<String> names = List.copyOf(metadataNames);
        return after(part -> {
            JsonObject metadata = part.metadata();
            for (String name : names) {
                metadata = metadata.without(name);
            }
            return metadata == part.metadata() ? part : part.withMetadata(metadata);
        });
    }

    /// This function, without the parts whose metadata has one of these names; null where no part remains, and
    /// where a part that was left out reports a failure.
    default KeyFunction skippingPartsWith(List<String> metadataNames) {
        List<String> names = List.copyOf(metadataNames);
        return parts -> {
            List<Part> remaining = new ArrayList<>(parts.size());
            for (Part part : parts) {
                if (part.isException()) {
                    return null;
                }
                if (names.stream().noneMatch(part.metadata()::has)) {
                    remaining.add(part);
                }
            }
            return remaining.isEmpty() ? null : counted(remaining);
        };
    }

    /// This function, with every text made alike first.
    default KeyFunction normalising(List<TextNormalisation> steps) {
        List<TextNormalisation> all = List.copyOf(steps);
        return after(part -> {
            if (!(part.body() instanceof TextBody(String text))) {
                return part;
            }
            String alike = text;
            for (TextNormalisation step : all) {
                alike = step.apply(alike);
            }
            return alike.equals(text) ? part : part.withText(alike);
        });
    }

    /// This function, with the first-seen one of all pictures that look alike standing for each of them. An
    /// image that cannot be decoded counts by its bytes. Role, MIME type and metadata still count.
    ///
    /// @param pictures what has been seen under the keys' prefix
    default KeyFunction matchingImages(AlikePictures pictures) {
        return after(part -> {
            if (!part.isImage() || !(part.body() instanceof BlobBody)) {
                return part;
            }
            ImageSignature first = pictures.firstSeen(part);
            return first == null ? part : part.withBody(new BlobBody(Bytes.wrapUnsafe(first.toBytes()), PICTURE_TYPE));
        });
    }

    /// The function that a node's options ask for. Where they match images by likeness, it has seen none
    /// yet: [CacheRoom#keys] gives one that remembers those of earlier runs.
    ///
    /// @throws IllegalArgumentException when a normalisation has another name than those of
    /// [TextNormalisation]
    static KeyFunction of(CacheSettings.KeyOptions options) {
        Integer distance = options.imageHammingDistance();
        return of(options, distance == null ? null : new AlikePictures(distance));
    }

    /// The function that a node's options ask for.
    ///
    /// @param pictures what has been seen so far where images are matched by likeness, null where they are
    /// not
    /// @throws IllegalArgumentException when a normalisation has another name than those of
    /// [TextNormalisation]
    static KeyFunction of(CacheSettings.KeyOptions options, @Nullable AlikePictures pictures) {
        KeyFunction function = DEFAULT;
        if (pictures != null) {
            function = function.matchingImages(pictures);
        }
        if (!options.normalise().isEmpty()) {
            function = function.normalising(
                    options.normalise().stream().map(TextNormalisation::of).toList());
        }
        if (!options.ignoreMetadata().isEmpty()) {
            function = function.ignoring(options.ignoreMetadata());
        }
        // Outermost, because the names that mark a part for leaving out may be among the ignored ones.
        if (!options.skipPartsWithMetadata().isEmpty()) {
            function = function.skippingPartsWith(options.skipPartsWithMetadata());
        }
        return function;
    }

    /// One way in which texts that differ are taken for the same.
    enum TextNormalisation {
        /// Composed Unicode form (NFC).
        UNICODE("unicode"),
        /// Every run of white space is one space; none at either end.
        SPACE("space"),
        /// Lower case, without regard to a language.
        CASE("case");

        private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

        private final String id;

        TextNormalisation(String id) {
            this.id = id;
        }

        /// The name used in documents.
        public String id() {
            return id;
        }

        /// The text made alike.
        public String apply(String text) {
            return switch (this) {
                case UNICODE -> Normalizer.normalize(text, Normalizer.Form.NFC);
                case SPACE -> SPACES.matcher(text).replaceAll(" ").strip();
                case CASE -> text.toLowerCase(Locale.ROOT);
            };
        }

        /// The normalisation of that name.
        ///
        /// @throws IllegalArgumentException when none has it; the message lists those that exist
        public static TextNormalisation of(String id) {
            for (TextNormalisation each : values()) {
                if (each.id.equals(id)) {
                    return each;
                }
            }
            throw new IllegalArgumentException("normalisation is \"" + id + "\"; it must be unicode, space or case");
        }
    }
}
