package io.partflow.engine.prompt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import io.partflow.engine.content.MimeType;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.TextBody;

/// How many tokens a part takes for a model. Thread-safe; a part that was counted once is not counted again while
/// somebody holds it.
///
/// Texts are counted exactly, by the vocabulary. Other parts are estimated: an image 258 tokens, audio and video
/// one token per 1,000 bytes (16 kHz
/// mono PCM then takes 32 a second), anything else one per 4 bytes, rounded up.
public final class TokenCounter {
    /// Which vocabulary splits a text.
    public enum Vocabulary {
        O200K_BASE("o200k_base"),
        CL100K_BASE("cl100k_base");

        private final String id;

        Vocabulary(String id) {
            this.id = id;
        }

        /// The name used in documents.
        public String id() {
            return id;
        }

        /// The vocabulary of that name.
        ///
        /// @throws IllegalArgumentException when none has it; the message lists those that exist
        public static Vocabulary of(String id) {
            for (Vocabulary each : values()) {
                if (each.id.equals(id)) {
                    return each;
                }
            }
            throw new IllegalArgumentException("vocabulary is \"" + id + "\"; it must be o200k_base or cl100k_base");
        }
    }

    public static final long IMAGE_TOKENS = 258;
    public static final long MEDIA_BYTES_PER_TOKEN = 1_000;
    public static final long BYTES_PER_TOKEN = 4;

    private static final int REMEMBERED_PARTS = 16_384;

    /// Loaded when first asked: the tables take a moment and some megabytes.
    private static final class Tables {
        private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

        private Tables() {}
    }

    private final Vocabulary vocabulary;
    // By identity: parts are shared, and comparing long texts would cost as much as counting them.
    private final Cache<Part, Long> counted = Caffeine.newBuilder()
            .weakKeys()
            .maximumSize(REMEMBERED_PARTS)
            .executor(Runnable::run)
            .build();

    public TokenCounter(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /// With the vocabulary `o200k_base`.
    public TokenCounter() {
        this(Vocabulary.O200K_BASE);
    }

    /// The tokens of a part's payload, at least 0. Role and metadata are not counted.
    public long count(Part part) {
        return counted.get(part, this::measure);
    }

    /// The tokens of a text.
    public long count(String text) {
        return text.isEmpty() ? 0 : encoding().countTokensOrdinary(text);
    }

    private long measure(Part part) {
        if (part.body() instanceof TextBody(String text)) {
            return count(text);
        }
        String type = part.mimeType();
        if (MimeType.isImage(type)) {
            return IMAGE_TOKENS;
        }
        long perToken = MimeType.isAudio(type) || MimeType.isVideo(type) ? MEDIA_BYTES_PER_TOKEN : BYTES_PER_TOKEN;
        return Math.ceilDiv(part.body().sizeBytes(), perToken);
    }

    private Encoding encoding() {
        return Tables.REGISTRY.getEncoding(
                switch (vocabulary) {
                    case O200K_BASE -> EncodingType.O200K_BASE;
                    case CL100K_BASE -> EncodingType.CL100K_BASE;
                });
    }
}
