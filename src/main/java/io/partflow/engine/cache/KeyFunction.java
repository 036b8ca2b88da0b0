package io.partflow.engine.cache;

import io.partflow.engine.content.CanonicalForm;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.TextBody;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which contents count as the same: gives equal hashes to contents that may share an answer.
///
/// Functions compose: each `with`-like method gives a new one that changes the parts first and then asks this one.
/// The parts that are passed
/// on are never changed. Thread-safe and immutable.
@FunctionalInterface
public interface KeyFunction {
    /// All that the wire form says counts, save `capture_time`: the function of genai-processors.
    KeyFunction DEFAULT = CanonicalForm::hash;

    /// The hash of a content, or null if it is not cacheable.
    @Nullable
    ContentHash hash(List<Part> parts);

    /// The key of a content under a prefix, or null if it is not cacheable.
    default @Nullable CacheKey key(String prefix, List<Part> parts) {
        ContentHash hash = hash(parts);
        return hash == null ? null : new CacheKey(prefix, hash);
    }

    /// This function, without the metadata entries of these names.
    default KeyFunction ignoring(List<String> metadataNames) {
        List<String> names = List.copyOf(metadataNames);
        return parts -> {
            List<Part> changed = new ArrayList<>(parts.size());
            for (Part part : parts) {
                Part bare = part;
                for (String name : names) {
                    if (bare.metadata().has(name)) {
                        bare = bare.withMetadata(bare.metadata().without(name));
                    }
                }
                changed.add(bare);
            }
            return hash(changed);
        };
    }

    /// This function, without the parts whose metadata has one of these names; null where no part remains, and
    /// where a part that was left
    /// out reports a failure.
    default KeyFunction skippingPartsWith(List<String> metadataNames) {
        List<String> names = List.copyOf(metadataNames);
        return parts -> {
            if (parts.stream().anyMatch(Part::isException)) {
                return null;
            }
            List<Part> remaining = parts.stream()
                    .filter(part -> names.stream().noneMatch(part.metadata()::has))
                    .toList();
            return remaining.isEmpty() ? null : hash(remaining);
        };
    }

    /// This function, with every text made alike first.
    default KeyFunction normalising(List<TextNormalisation> steps) {
        List<TextNormalisation> all = List.copyOf(steps);
        return parts -> {
            List<Part> changed = new ArrayList<>(parts.size());
            for (Part part : parts) {
                if (part.body() instanceof TextBody(String text)) {
                    String alike = text;
                    for (TextNormalisation step : all) {
                        alike = step.apply(alike);
                    }
                    changed.add(alike.equals(text) ? part : part.withText(alike));
                } else {
                    changed.add(part);
                }
            }
            return hash(changed);
        };
    }

    /// The function that a node's options ask for.
    ///
    /// @throws IllegalArgumentException when a normalisation has another name than those of [TextNormalisation], or
    /// images are to be matched
    ///     by likeness, which no function does yet
    static KeyFunction of(CacheSettings.KeyOptions options) {
        if (options.imageHammingDistance() != null) {
            throw new IllegalArgumentException("image distance is " + options.imageHammingDistance()
                    + "; images are matched by their exact bytes, leave it out");
        }
        KeyFunction function = DEFAULT;
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

        String apply(String text) {
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
