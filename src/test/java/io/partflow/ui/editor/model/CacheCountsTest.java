package io.partflow.ui.editor.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.ui.editor.model.NodeFace.Count;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheCountsTest {
    @ParameterizedTest
    @CsvSource({
        "9888, 4112, 0, '9,888 hits|4,112 misses'",
        "1, 1, 0, '1 hit|1 miss'",
        "0, 27, 9, '0 hits|27 misses|9 joined'",
        "172, 49, 70, '172 hits|49 misses|+70'",
        "9888, 4112, 702, '9,888 hit|4,112 miss|+702'",
    })
    void counts_nameAllRequests_asWideAsTheNodeAllows(long hits, long misses, long coalesced, String expected) {
        assertThat(CacheCounts.of(EditorFixtures.cache(hits, misses, coalesced)))
                .extracting(Count::text)
                .containsExactly(expected.split("\\|"));
    }

    @Test
    void joinedRequests_haveTheColourOfCoalesced() {
        assertThat(CacheCounts.of(EditorFixtures.cache(0, 1, 1)).getLast().tone())
                .isEqualTo(NodeFace.Tone.COALESCED);
    }
}
