package io.partflow.engine.insight.why;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partflow.engine.cache.CacheAccess;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheWatcher;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.insight.WatchedCache;
import io.partflow.engine.insight.why.Difference.Change;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MissCauseTest {
    private static final String STORY =
            "A dog sleeps under the kitchen table while the rain falls on the roof of the old house in the valley";

    private final WatchedCache watched =
            new WatchedCache(WatchedCache.lru(2).withTtlMillis(10_000).withMaxBytes(4_000L));

    @AfterEach
    void close() {
        watched.close();
    }

    private MissExplanation last() {
        List<MissExplanation> all = watched.insight.explanations();
        return all.get(all.size() - 1);
    }

    private MissExplanation.Detail detail() {
        return watched.insight.detail(last()).orElseThrow();
    }

    @Test
    void cause_ofAFirstRequest_isFirstTime() {
        watched.ask("hello");
        assertThat(last().cause()).isEqualTo(new MissCause.FirstTime());
        assertThat(last().nearest()).isNull();
        watched.ask("something else entirely, of which nothing was said before");
        assertThat(last().cause()).isEqualTo(new MissCause.FirstTime());
    }

    @Test
    void cause_ofAChangedText_isChangedContentWithTheWordsThatChanged() {
        watched.ask(STORY);
        watched.ask(STORY.replace("dog", "cat"));

        assertThat(last().cause())
                .isInstanceOfSatisfying(
                        MissCause.ChangedContent.class,
                        cause -> assertThat(cause.similarity()).isBetween(0.6, 0.99));
        assertThat(detail().content()).isEqualTo(MissExplanation.Content.HELD);
        assertThat(detail().differences()).singleElement().satisfies(difference -> {
            assertThat(difference.field()).isEqualTo("text");
            assertThat(difference.text())
                    .contains(new TextDiff.Edit(TextDiff.Kind.REMOVED, "dog"))
                    .contains(new TextDiff.Edit(TextDiff.Kind.ADDED, "cat"));
        });
    }

    @Test
    void cause_ofOtherMetadata_isMetadataChangedWithTheField() {
        Part part = Part.text(STORY).withMetadata("lang", JsonValue.of("en"));
        watched.ask(part.withMetadata("prober", JsonValue.of(1)));
        watched.ask(part.withMetadata("prober", JsonValue.of(2)));

        assertThat(last().cause()).isEqualTo(new MissCause.MetadataChanged());
        assertThat(detail().differences())
                .containsExactly(new Difference(Change.CHANGED, 0, "metadata.prober", "1", "2", List.of()));
    }

    @Test
    void cause_ofTheSamePartsInAnotherOrder_isReordered() {
        watched.ask(Part.text("one"), Part.text("two"), Part.text("three"));
        watched.ask(Part.text("two"), Part.text("one"), Part.text("three"));

        assertThat(last().cause()).isEqualTo(new MissCause.Reordered());
        assertThat(detail().differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.change()).isEqualTo(Change.MOVED));
    }

    @Test
    void cause_underAnotherPrefix_isNamespaceChanged() {
        watched.under("v1:").ask("hello");
        watched.under("v2:").ask("hello");
        assertThat(last().cause()).isEqualTo(new MissCause.NamespaceChanged("v1:"));
    }

    @Test
    void cause_afterTheEnd_isExpiredSoLongAgo() {
        watched.ask("hello");
        watched.clock.advanceMillis(13_000);
        watched.ask("hello");
        assertThat(last().cause())
                .isInstanceOfSatisfying(
                        MissCause.Expired.class,
                        cause -> assertThat((double) cause.agoMillis()).isEqualTo(3_000, within(20.0)));
    }

    @Test
    void cause_afterAnEviction_isEvictedByTheLimitForTheOther() {
        watched.ask("a");
        watched.ask("b");
        watched.ask("c");
        watched.clock.advanceMillis(2_000);
        watched.ask("a");
        String forKey = watched.insight.explanations().get(2).key() == null
                ? ""
                : watched.insight.explanations().get(2).key().text();
        assertThat(last().cause()).isInstanceOfSatisfying(MissCause.Evicted.class, cause -> {
            assertThat(cause.limit()).isEqualTo(MissCause.Limit.ITEMS);
            assertThat(cause.forKey()).isEqualTo(forKey);
            assertThat(cause.agoMillis()).isBetween(2_000L, 2_020L);
        });
    }

    @Test
    void cause_ofAValueLargerThanTheCache_isEvictedByBytesForItself() {
        watched.answering = input -> List.of(Part.text("x".repeat(5_000)));
        watched.ask("a");
        watched.ask("a");
        assertThat(last().cause()).isInstanceOfSatisfying(MissCause.Evicted.class, cause -> {
            assertThat(cause.limit()).isEqualTo(MissCause.Limit.BYTES);
            assertThat(cause.forKey()).endsWith(String.valueOf(last().key()));
        });
    }

    @Test
    void cause_afterARemoval_isInvalidated() {
        watched.ask("a");
        watched.cache().invalidateAll();
        watched.clock.advanceMillis(1_000);
        watched.ask("a");
        assertThat(last().cause()).isEqualTo(new MissCause.Invalidated(1_005));
    }

    @Test
    void cause_ofARunThatStartsCold_isCacheOff() {
        watched.ask("a");
        long fresh = watched.cache().freshFromNow();
        watched.with(new CacheAccess(fresh, CacheAccess.Keeping.KEEP)).ask("a");
        assertThat(last().cause()).isEqualTo(new MissCause.CacheOff());
        watched.with(new CacheAccess(Long.MAX_VALUE, CacheAccess.Keeping.DISCARD))
                .ask("a");
        assertThat(last().cause()).isEqualTo(new MissCause.CacheOff());
        watched.cache().countBypassed();
        assertThat(last().cause()).isEqualTo(new MissCause.CacheOff());
    }

    @Test
    void cause_ofWhatIsNotStored_saysWhy() {
        watched.cache().countUncacheable(List.of(), CacheWatcher.Uncacheable.MIME_TYPE);
        assertThat(last().cause()).isEqualTo(new MissCause.NotCacheable(MissCause.Why.MIME_TYPE));
        watched.with(new CacheAccess(Long.MIN_VALUE, CacheAccess.Keeping.DISCARD))
                .ask("a");
        watched.ask("a");
        assertThat(last().cause()).isEqualTo(new MissCause.NotCacheable(MissCause.Why.NOT_STORED));
    }

    @Test
    void causes_ofManyRandomRequests_areOneForEachThatWasNotServed() {
        Random random = new Random(4);
        for (int i = 0; i < 3_000; i++) {
            watched.clock.advanceMillis(random.nextInt(9_000));
            if (random.nextInt(50) == 0) {
                watched.cache().invalidateAll();
            }
            watched.ask("text " + random.nextInt(5));
        }
        var node = watched.now();
        assertThat(node.causes().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(node.counters().misses() + node.counters().coalesced());
        assertThat(node.causes().keySet())
                .contains(MissCause.Kind.EXPIRED, MissCause.Kind.EVICTED, MissCause.Kind.INVALIDATED);
        // Five different texts: nothing else can be new.
        assertThat(node.causes().getOrDefault(MissCause.Kind.FIRST_TIME, 0L)
                        + node.causes().getOrDefault(MissCause.Kind.CHANGED_CONTENT, 0L))
                .isEqualTo(5);
    }

    private static Part picture(int x, int noise) throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(40, 90, 200));
        graphics.fillRect(0, 0, 64, 64);
        graphics.setColor(Color.ORANGE);
        graphics.fillOval(x, 10, 30, 40);
        graphics.dispose();
        image.setRGB(3, 3, noise);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return Part.blob(out.toByteArray(), "image/png");
    }

    @Test
    void cause_ofAPictureThatLooksTheSame_isChangedContent() throws IOException {
        watched.ask(picture(5, 1));
        watched.ask(picture(5, 0xff00ff));
        assertThat(last().cause())
                .isInstanceOfSatisfying(
                        MissCause.ChangedContent.class,
                        cause -> assertThat(cause.similarity()).isGreaterThan(0.7));
        assertThat(detail().differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.field()).isEqualTo("data"));
    }

    @Test
    void detail_onceTheEarlierInputIsGone_namesTheFieldsAlone() {
        watched.configure(CacheSettings.DEFAULT);
        Part part = Part.text(STORY).withMetadata("n", JsonValue.of(1));
        watched.ask(part);
        for (int i = 0; i < 60; i++) {
            watched.ask(i + "y".repeat(200_000));
        }
        watched.ask(part.withMetadata("n", JsonValue.of(2)));

        assertThat(last().cause()).isEqualTo(new MissCause.MetadataChanged());
        assertThat(detail().content()).isEqualTo(MissExplanation.Content.NO_LONGER_HELD);
        assertThat(detail().differences()).singleElement().satisfies(difference -> {
            assertThat(difference.field()).isEqualTo("metadata.n");
            assertThat(difference.earlier()).isEmpty();
        });
    }

    @Test
    void sketches_ofTexts_estimateTheShareOfCommonStretches() {
        Random random = new Random(9);
        double worst = 0;
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < 400; j++) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            String other = text.substring(0, 200 + random.nextInt(200));
            double truth = (other.length() - 4) / (double) (text.length() - 4);
            double estimate = TextSketch.of(text.toString()).similarity(TextSketch.of(other));
            worst = Math.max(worst, Math.abs(truth - estimate));
        }
        assertThat(worst).isLessThan(0.35);
        assertThat(TextSketch.of("").similarity(TextSketch.of(""))).isEqualTo(1);
    }

    @Test
    void records_ofMoreKeysThanThereIsRoomFor_keepTheNewest() {
        KeyRecords records = new KeyRecords(1_000);
        for (int i = 0; i < 5_000; i++) {
            records.put(i, KeyRecords.Last.KEPT, i % 7, i, 0);
            assertThat(records.size()).isLessThanOrEqualTo(1_000);
        }
        for (int i = 4_600; i < 5_000; i++) {
            assertThat(records.find(i)).isEqualTo(new KeyRecords.Found(KeyRecords.Last.KEPT, i % 7, i, 0));
        }
        assertThat(records.find(10)).isNull();
    }

    @Test
    void textDiff_ofAnyTwoTexts_givesBothBack() {
        Random random = new Random(2);
        for (int i = 0; i < 300; i++) {
            String before = words(random);
            String after = words(random);
            StringBuilder was = new StringBuilder();
            StringBuilder is = new StringBuilder();
            for (TextDiff.Edit edit : TextDiff.of(before, after)) {
                if (edit.kind() != TextDiff.Kind.ADDED) {
                    was.append(edit.text());
                }
                if (edit.kind() != TextDiff.Kind.REMOVED) {
                    is.append(edit.text());
                }
            }
            assertThat(was).hasToString(before);
            assertThat(is).hasToString(after);
        }
    }

    private static String words(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append((char) ('a' + random.nextInt(4))).append(random.nextInt(3) == 0 ? ",\n" : " ");
        }
        return text.toString();
    }
}
