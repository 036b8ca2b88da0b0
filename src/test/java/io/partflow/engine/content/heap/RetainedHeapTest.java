package io.partflow.engine.content.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import org.junit.jupiter.api.Test;

class RetainedHeapTest {
    private static final long EMPTY = RetainedHeap.ofPart(Part.text(""));

    @Test
    void text_costsOneByteOrTwoForEachChar() {
        assertThat(RetainedHeap.ofPart(Part.text("\u00e9".repeat(8_000))) - EMPTY)
                .isBetween(8_000L, 8_064L);
        assertThat(RetainedHeap.ofPart(Part.text("\u20ac".repeat(8_000))) - EMPTY)
                .isBetween(16_000L, 16_064L);
    }

    @Test
    void blob_costsItsBytes() {
        assertThat(RetainedHeap.ofPart(Part.blob(new byte[100_000], "image/png")))
                .isBetween(100_000L, 100_400L);
    }

    @Test
    void metadata_costsMoreThanItWeighs() {
        Part part = Part.text("").withMetadata("n", JsonValue.of(1));

        assertThat(RetainedHeap.ofPart(part) - EMPTY)
                .isGreaterThan(part.sizeBytes() - Part.text("").sizeBytes());
        assertThat(EMPTY).isBetween(80L, 200L);
    }
}
