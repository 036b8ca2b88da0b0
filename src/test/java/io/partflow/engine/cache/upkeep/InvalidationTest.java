package io.partflow.engine.cache.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheAccess;
import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.upkeep.Invalidation.Criteria;
import io.partflow.engine.cache.upkeep.Invalidation.Derived;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.ManualClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InvalidationTest {
    private final ManualClock clock = new ManualClock();
    private final CacheRoom room = new CacheRoom(clock);

    private static CacheKey key(String prefix, String name) {
        return new CacheKey(prefix, ContentHash.ofText(name));
    }

    private CacheKey put(String node, String name, List<CacheKey> from, Part answer) throws Exception {
        CacheKey key = key(node + ":", name);
        ContentCache cache = room.cache(node, "test", CacheSettings.DEFAULT);
        var unused = cache.request(
                new ContentCache.Question(key, List.of(), from),
                part -> {},
                out -> {
                    out.emit(answer);
                    return Usage.NONE;
                },
                CacheAccess.FULL);
        return key;
    }

    @Test
    void entries_withWhatWasMadeOfThem_goTogetherAndComeBack() throws Exception {
        CacheKey a = put("one", "a", List.of(), Part.text("a"));
        CacheKey b = put("two", "b", List.of(a), Part.text("b"));
        CacheKey c = put("three", "c", List.of(b), Part.text("c"));
        CacheKey other = put("two", "other", List.of(), Part.text("other"));

        assertThat(Invalidation.of(room, Criteria.ofKey(a), Derived.STAYS).count())
                .isEqualTo(1);
        Invalidation all = Invalidation.of(room, Criteria.ofKey(a), Derived.GOES);
        assertThat(all.first(10)).containsExactlyInAnyOrder(a, b, c);
        assertThat(all.countByNode()).isEqualTo(Map.of("one", 1, "two", 1, "three", 1));
        assertThat(room.count()).isEqualTo(4);

        assertThat(all.remove()).isEqualTo(3);
        assertThat(room.entries()).extracting(CacheEntry::key).containsExactly(other);
        assertThat(all.undo()).isEqualTo(3);
        assertThat(room.count()).isEqualTo(4);
        assertThat(room.peek(c).orElseThrow().derivedFrom()).containsExactly(b);
    }

    @Test
    void criteria_chooseByPrefixKindAgeNodeAndText() throws Exception {
        CacheKey text = put("one", "a", List.of(), Part.text("Grüne Wiese"));
        clock.advanceMillis(10_000);
        CacheKey image = put("two", "b", List.of(), Part.blob(new byte[] {1}, "image/png"));

        assertThat(chosen(new Criteria(null, "one", null, null, null, null))).containsExactly(text);
        assertThat(chosen(new Criteria(null, null, "image/*", null, null, null)))
                .containsExactly(image);
        assertThat(chosen(new Criteria(null, null, null, clock.millis() - 5_000, null, null)))
                .containsExactly(text);
        assertThat(chosen(Criteria.ofNode("two"))).containsExactly(image);
        assertThat(chosen(new Criteria(null, null, null, null, null, "grüne"))).containsExactly(text);
        assertThat(chosen(Criteria.ALL)).hasSize(2);
    }

    private List<CacheKey> chosen(Criteria criteria) {
        return Invalidation.of(room, criteria, Derived.STAYS).first(100);
    }
}
