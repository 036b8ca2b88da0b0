package io.partflow.engine.insight.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.partflow.engine.cache.CacheAccess;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.EvictionCause;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.insight.WatchedCache;
import io.partflow.engine.insight.advice.Prediction.Measure;
import io.partflow.engine.insight.advice.rule.AdviceRules;
import io.partflow.engine.insight.advice.rule.LargeValues;
import io.partflow.engine.insight.advice.rule.NearDuplicates;
import io.partflow.engine.insight.advice.rule.NeverRepeating;
import io.partflow.engine.insight.advice.rule.ShortTimeToLive;
import io.partflow.engine.insight.advice.rule.SmallCache;
import io.partflow.engine.insight.advice.rule.Stampede;
import io.partflow.engine.insight.advice.rule.Unprofitable;
import io.partflow.engine.insight.advice.rule.VolatileField;
import io.partflow.engine.insight.advice.rule.WholeStream;
import io.partflow.engine.insight.curve.Zipf;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.CacheRequest;
import io.partflow.engine.insight.history.Replay;
import io.partflow.engine.processor.Usage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// Every rule: a recording where it speaks, and what it predicts against what applying it brings; one where it does
/// not.
class AdviceTest {
    /// Records what somebody asks of a cache with some settings.
    private static CacheHistory record(CacheSettings settings, Consumer<WatchedCache> asking) {
        try (WatchedCache watched = new WatchedCache(settings)) {
            asking.accept(watched);
            return watched.history();
        }
    }

    /// Asks the same of a cache with the change, and compares the hit ratio with the prediction.
    private static void holds(Advice advice, CacheSettings settings, Consumer<WatchedCache> asking) {
        CacheHistory applied = record(advice.change().applyTo(settings).orElseThrow(), asking);
        assertThat(advice.prediction().measure()).isEqualTo(Measure.HIT_RATIO);
        assertThat(advice.prediction().gain()).isGreaterThan(0.015);
        assertThat(applied.hitRatio())
                .as("%s predicted %s", advice.title(), advice.prediction())
                .isBetween(advice.prediction().low(), advice.prediction().high());
        assertThat(advice.evidence()).isNotEmpty();
        assertThat(advice.toJson().toString()).contains(advice.rule());
    }

    private static Consumer<WatchedCache> skewed(int requests, int keys, long pauseMillis) {
        return watched -> {
            Zipf zipf = new Zipf(keys, 0.8, 11);
            for (int i = 0; i < requests; i++) {
                watched.clock.advanceMillis(pauseMillis);
                watched.ask("text " + zipf.next());
            }
        };
    }

    private static CacheSettings tinyLfu(long items) {
        return CacheSettings.DEFAULT.withTtlMillis(0).withMaxItems(items);
    }

    @Test
    void size_ofACacheThatIsTooSmall_isRaised() {
        for (CacheSettings settings : List.of(tinyLfu(60), WatchedCache.lru(60).withTtlMillis(0))) {
            Consumer<WatchedCache> asking = skewed(8_000, 600, 1);
            Advice advice = new SmallCache().advise(record(settings, asking)).orElseThrow();
            assertThat(advice.change()).isInstanceOf(ProposedChange.Limits.class);
            holds(advice, settings, asking);
        }
    }

    /// The same size as the curve's knee, and no more promised than the first requests of all keys leave.
    @Test
    void size_ofALoop_isTheKneeOfTheCurve_withinWhatIsPossible() {
        Consumer<WatchedCache> asking = watched -> {
            for (int i = 0; i < 400; i++) {
                watched.ask("text " + i % 50);
            }
        };
        Advice advice = new SmallCache()
                .advise(record(WatchedCache.lru(20).withTtlMillis(0), asking))
                .orElseThrow();

        assertThat(advice.change())
                .isInstanceOfSatisfying(
                        ProposedChange.Limits.class,
                        limits -> assertThat(limits.maxItems()).isEqualTo(50L));
        assertThat(advice.prediction().after()).isEqualTo(0.875);
        assertThat(advice.prediction().high()).isEqualTo(0.875);
    }

    @Test
    void size_ofACacheThatHoldsAll_isLeftAlone() {
        assertThat(new SmallCache().advise(record(tinyLfu(1_000), skewed(4_000, 600, 1))))
                .isEmpty();
        // Nothing repeats, so that no size would help.
        assertThat(new SmallCache().advise(record(tinyLfu(50), watched -> {
                    for (int i = 0; i < 500; i++) {
                        watched.ask("text " + i);
                    }
                })))
                .isEmpty();
    }

    /// A loop that a replay finds hopeless at this size, whose requests were served all the same by joining others.
    private static CacheHistory joined(CacheSettings settings, EvictionCause cause) {
        List<CacheRequest> requests = new ArrayList<>();
        List<CacheHistory.Departure> departures = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            boolean again = i >= 50 && i < 60;
            if (again) {
                departures.add(new CacheHistory.Departure(i % 50, i * 10L - 5, cause, 10));
            }
            requests.add(new CacheRequest(
                    i % 50,
                    i * 10L,
                    i < 50 || again ? Outcome.MISS : Outcome.COALESCED,
                    10,
                    1_000_000,
                    Usage.NONE,
                    i % 50 + 1));
        }
        return new CacheHistory("n", "p", settings, requests, departures, Map.of(), 1, -1);
    }

    @Test
    void sizeAndTtl_whereNearlyAllIsServedByJoining_areLeftAlone() {
        CacheHistory small = joined(WatchedCache.lru(20).withTtlMillis(0), EvictionCause.SIZE);
        assertThat(small.hitRatio()).isEqualTo(0.94);
        assertThat(small.ceiling()).isEqualTo(0.95);
        assertThat(Replay.ratio(Replay.hits(small, small.policy(), small.limits())))
                .isZero();
        assertThat(new SmallCache().advise(small)).isEmpty();
        assertThat(new ShortTimeToLive().advise(joined(WatchedCache.lru(100).withTtlMillis(100), EvictionCause.EXPIRY)))
                .isEmpty();
    }

    @Test
    void ttl_shorterThanTheGaps_isRaised() {
        CacheSettings settings = tinyLfu(1_000).withTtlMillis(3_000);
        Consumer<WatchedCache> asking = skewed(6_000, 300, 40);
        Advice advice = new ShortTimeToLive().advise(record(settings, asking)).orElseThrow();
        assertThat(advice.change()).isInstanceOf(ProposedChange.TimeToLive.class);
        holds(advice, settings, asking);
    }

    @Test
    void ttl_longEnough_isLeftAlone() {
        assertThat(new ShortTimeToLive().advise(record(CacheSettings.DEFAULT, skewed(3_000, 300, 40))))
                .isEmpty();
    }

    private static Consumer<WatchedCache> volatileField(String answerOf) {
        return watched -> {
            Zipf zipf = new Zipf(100, 0.8, 2);
            watched.answering = input -> List.of(Part.text(input.get(0).text()
                    + (answerOf.isEmpty() ? "" : input.get(0).metadata(answerOf))));
            for (int i = 0; i < 1_500; i++) {
                watched.ask(Part.text("text " + zipf.next())
                        .withMetadata("prober", JsonValue.of(i))
                        .withMetadata("lang", JsonValue.of("en")));
            }
        };
    }

    @Test
    void field_thatChangesAlwaysAndMeansNothing_isLeftOut() {
        Advice advice = new VolatileField()
                .advise(record(CacheSettings.DEFAULT, volatileField("")))
                .orElseThrow();
        assertThat(advice.change()).isEqualTo(new ProposedChange.IgnoreMetadata("prober"));
        holds(advice, CacheSettings.DEFAULT, volatileField(""));
    }

    @Test
    void field_thatTheAnswerDependsOn_isKept() {
        assertThat(new VolatileField().advise(record(CacheSettings.DEFAULT, volatileField("prober"))))
                .isEmpty();
    }

    /// Two entries that are new each time, one that the answer depends on, and texts in capital letters or not.
    private static Consumer<WatchedCache> hidingEachOther(String... answerOf) {
        return watched -> {
            Random random = new Random(3);
            watched.answering = input -> {
                StringBuilder answer = new StringBuilder(input.get(0).text().toLowerCase(Locale.ROOT));
                for (String name : answerOf) {
                    answer.append(input.get(0).metadata(name));
                }
                return List.of(Part.text(answer.toString()));
            };
            for (int i = 0; i < 800; i++) {
                String text = "question " + "abcdefghijklmnop".charAt(random.nextInt(16));
                String written = random.nextBoolean() ? text : text.toUpperCase(Locale.ROOT);
                watched.ask(Part.text(random.nextInt(4) > 0 ? written : text + " " + random.nextInt(4))
                        .withMetadata("requestid", JsonValue.of("r" + i))
                        .withMetadata("lang", JsonValue.of(random.nextInt(3)))
                        .withMetadata("sent", JsonValue.of(i * 1_000)));
            }
        };
    }

    @Test
    void fields_thatHideEachOther_areLeftOutTogether_withoutThoseThatAnswersDependOn() {
        CacheSettings cased = CacheSettings.DEFAULT.withKey(
                new CacheSettings.KeyOptions(List.of(), List.of(), List.of("case", "unicode"), null));
        CacheHistory history = record(cased, hidingEachOther("lang"));
        assertThat(history.hitRatio()).isZero();
        Advice advice = new VolatileField().advise(history).orElseThrow();
        assertThat(advice.change())
                .isEqualTo(new ProposedChange.Several(List.of(
                        new ProposedChange.IgnoreMetadata("requestid"), new ProposedChange.IgnoreMetadata("sent"))));
        holds(advice, cased, hidingEachOther("lang"));
        assertThat(advice.prediction().after()).isGreaterThan(0.7);
    }

    @Test
    void fields_thatTextsInCapitalsHide_areLeftOutWithTheTextsMadeAlike() {
        CacheHistory history = record(CacheSettings.DEFAULT.withMaxItems(80L), hidingEachOther("lang"));
        Advice advice = new VolatileField().advise(history).orElseThrow();
        assertThat(advice.change())
                .isEqualTo(new ProposedChange.Several(List.of(
                        new ProposedChange.IgnoreMetadata("requestid"),
                        new ProposedChange.IgnoreMetadata("sent"),
                        new ProposedChange.Normalise("case"))));
        holds(advice, CacheSettings.DEFAULT.withMaxItems(80L), hidingEachOther("lang"));
        // It is said once.
        assertThat(AdviceRules.advise(history)).extracting(Advice::rule).containsExactly("volatile-field");
    }

    @Test
    void fields_thatTheAnswerDependsOn_areKept_andTheNodeStaysCached() {
        CacheHistory history = record(CacheSettings.DEFAULT, hidingEachOther("requestid", "sent"));
        assertThat(new VolatileField().advise(history)).isEmpty();
        // Its texts repeat: whether they may be one is for those to say who know the metadata.
        assertThat(new NeverRepeating().advise(history)).isEmpty();
    }

    @Test
    void pictures_thatAreMatchedAlready_areOneAlsoWithoutAField() {
        CacheSettings matching =
                CacheSettings.DEFAULT.withKey(new CacheSettings.KeyOptions(List.of(), List.of(), List.of(), 4));
        Consumer<WatchedCache> asking = watched -> {
            watched.answering = input -> List.of(Part.text("a scene"));
            for (int i = 0; i < 200; i++) {
                watched.ask(picture(i / 20, i).withMetadata("frame", JsonValue.of(i)));
            }
        };
        CacheHistory history = record(matching, asking);
        assertThat(history.hitRatio()).isZero();
        Advice advice = new VolatileField().advise(history).orElseThrow();
        assertThat(advice.change()).isEqualTo(new ProposedChange.IgnoreMetadata("frame"));
        assertThat(advice.prediction().after()).isGreaterThan(0.8);
        holds(advice, matching, asking);
    }

    @Test
    void texts_thatAreMadeAlikeInPart_areMadeAlikeFurther() {
        CacheSettings spaced = CacheSettings.DEFAULT.withKey(
                new CacheSettings.KeyOptions(List.of(), List.of(), List.of("space"), null));
        Consumer<WatchedCache> asking = watched -> {
            Random random = new Random(7);
            watched.answering = input ->
                    List.of(Part.text(input.get(0).text().replaceAll(" +", "").toLowerCase(Locale.ROOT)));
            for (int i = 0; i < 500; i++) {
                StringBuilder text = new StringBuilder();
                for (char letter : "order of number".toCharArray()) {
                    text.append(random.nextBoolean() ? letter : Character.toUpperCase(letter));
                }
                watched.ask(text + " ".repeat(1 + random.nextInt(40)) + random.nextInt(6));
            }
        };
        Advice advice = new NearDuplicates().advise(record(spaced, asking)).orElseThrow();
        assertThat(advice.change()).isEqualTo(new ProposedChange.Normalise("case"));
        assertThat(advice.prediction().after()).isEqualTo(1 - 6 / 500.0, within(0.001));
        holds(advice, spaced, asking);
    }

    @Test
    void budget_forWrongAnswers_isWhatTheUserAllows() {
        Consumer<WatchedCache> asking = watched -> {
            Random random = new Random(7);
            // One question in twenty means something else in capitals.
            watched.answering = input -> List.of(Part.text(
                    input.get(0).text().contains("19")
                            ? input.get(0).text()
                            : input.get(0).text().toLowerCase(Locale.ROOT)));
            for (int i = 0; i < 400; i++) {
                String text = "text " + random.nextInt(20);
                watched.ask(
                        random.nextBoolean()
                                ? text
                                : "TEXT".charAt(random.nextInt(2))
                                        + text.substring(1)
                                        + " x".repeat(random.nextInt(2)));
            }
        };
        CacheSettings small = CacheSettings.DEFAULT.withMaxItems(20L);
        CacheHistory history = record(small, asking);
        assertThat(new NearDuplicates().advise(Examined.of(history, 0.01))).isEmpty();
        assertThat(new NearDuplicates().advise(Examined.of(history, 0.1)))
                .get()
                .extracting(Advice::change)
                .isEqualTo(new ProposedChange.Normalise("case"));
        assertThatIllegalArgumentException().isThrownBy(() -> Examined.of(history, 1.5));
    }

    @Test
    void node_whoseInputsNeverRepeat_isNotCached() {
        Consumer<WatchedCache> asking = watched -> {
            for (int i = 0; i < 600; i++) {
                watched.ask("text " + i);
            }
        };
        try (WatchedCache watched = new WatchedCache(tinyLfu(400))) {
            asking.accept(watched);
            Advice advice = new NeverRepeating().advise(watched.history()).orElseThrow();
            assertThat(advice.change().applyTo(CacheSettings.DEFAULT)).isEmpty();
            assertThat(advice.prediction().after()).isZero();
            double held = watched.cache().bytes();
            assertThat(advice.prediction().before()).isEqualTo(held, within(held * 0.05));
        }
    }

    @Test
    void node_whoseInputsRepeat_orWouldWithoutAField_staysCached() {
        assertThat(new NeverRepeating().advise(record(tinyLfu(400), skewed(600, 300, 1))))
                .isEmpty();
        assertThat(new NeverRepeating().advise(record(CacheSettings.DEFAULT, volatileField(""))))
                .isEmpty();
    }

    /// Streams of five parts of which one is new each time.
    private static Consumer<WatchedCache> streams(boolean allNew) {
        return watched -> {
            Random random = new Random(4);
            for (int i = 0; i < 400; i++) {
                List<Part> parts = new ArrayList<>();
                for (int j = 0; j < 4; j++) {
                    parts.add(Part.text(allNew ? "new " + i + " " + j : "page " + random.nextInt(40)));
                }
                parts.add(Part.text("question " + i));
                if (watched.cache().settings().scope() == CacheSettings.Scope.STREAM) {
                    watched.ask(parts);
                } else {
                    parts.forEach(watched::ask);
                }
            }
        };
    }

    private static CacheSettings ofStreams() {
        CacheSettings some = tinyLfu(1_000);
        return new CacheSettings(
                CacheSettings.Scope.STREAM,
                some.tier(),
                some.ttlMillis(),
                some.maxItems(),
                some.maxBytes(),
                some.policy(),
                some.prefix(),
                some.key(),
                some.when());
    }

    @Test
    void streams_ofWhichOnePartChanges_areCachedPerPart() {
        Advice advice =
                new WholeStream().advise(record(ofStreams(), streams(false))).orElseThrow();
        assertThat(advice.change()).isEqualTo(new ProposedChange.CacheParts());
        holds(advice, ofStreams(), streams(false));
    }

    @Test
    void streams_ofWhichAllPartsChange_areLeftAlone() {
        assertThat(new WholeStream().advise(record(ofStreams(), streams(true)))).isEmpty();
        assertThat(new WholeStream().advise(record(tinyLfu(100), streams(false))))
                .isEmpty();
    }

    private static CacheHistory costing(long computeNanos, long overheadNanos) {
        List<CacheRequest> requests = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            requests.add(new CacheRequest(
                    i % 100, i, i < 100 ? Outcome.MISS : Outcome.HIT, 10, computeNanos, Usage.NONE, i % 100 + 1));
        }
        return new CacheHistory("n", "p", CacheSettings.DEFAULT, requests, List.of(), Map.of(), 1, overheadNanos);
    }

    @Test
    void cache_thatTakesLongerThanItSaves_isTurnedOff() {
        Advice advice = new Unprofitable().advise(costing(300, 2_000)).orElseThrow();
        assertThat(advice.change()).isEqualTo(new ProposedChange.TurnOff());
        // 400 of 500 requests saved 300 ns each, and all paid 2,000; without the cache neither is so.
        assertThat(advice.prediction().before()).isEqualTo(0.8 * 300 - 2_000, within(1e-9));
        assertThat(advice.prediction().after()).isZero();
    }

    @Test
    void cache_thatPays_isLeftAlone() {
        assertThat(new Unprofitable().advise(costing(3_000_000, 2_000))).isEmpty();
        assertThat(new Unprofitable().advise(costing(300, -1))).isEmpty();
    }

    /// Ten requests for each key, all asked for while the first is computed.
    private static CacheHistory bursts(boolean shared) {
        List<CacheRequest> requests = new ArrayList<>();
        for (int key = 0; key < 50; key++) {
            for (int i = 0; i < 10; i++) {
                boolean joins = shared && i > 0;
                requests.add(new CacheRequest(
                        key,
                        key * 1_000L + 100 + i,
                        joins ? Outcome.COALESCED : Outcome.MISS,
                        10,
                        100_000_000L,
                        Usage.NONE,
                        key + 1));
            }
        }
        return new CacheHistory("n", "p", CacheSettings.DEFAULT, requests, List.of(), Map.of(), 1, -1);
    }

    @Test
    void computations_ofTheSameAtOnce_areShared() {
        Advice advice = new Stampede().advise(bursts(false)).orElseThrow();
        long withSharing = bursts(true).requests().stream()
                .filter(each -> each.outcome() == Outcome.MISS)
                .count();
        assertThat(advice.prediction().before()).isEqualTo(500);
        assertThat((double) withSharing)
                .isBetween(advice.prediction().low(), advice.prediction().high());
    }

    /// Asks a real cache for 20 things, each six times at once.
    private static CacheHistory atOnce(CacheAccess access) throws Exception {
        try (WatchedCache watched = new WatchedCache(CacheSettings.DEFAULT);
                ExecutorService askers = Executors.newFixedThreadPool(6)) {
            watched.with(access);
            for (int key = 0; key < 20; key++) {
                String text = "text " + key;
                CyclicBarrier all = new CyclicBarrier(6);
                boolean alone = access.equals(CacheAccess.FULL);
                // Where nobody may join, each computation waits until all go on.
                watched.answering = input -> alone ? input : met(all, input);
                List<Future<?>> asked = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    asked.add(askers.submit(() -> watched.ask(text)));
                }
                for (Future<?> each : asked) {
                    each.get();
                }
            }
            return watched.history();
        }
    }

    private static List<Part> met(CyclicBarrier all, List<Part> input) {
        try {
            all.await();
            return input;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void computations_ofTheSameAtOnce_throughARealCache_areAsManyAsPredicted() throws Exception {
        CacheHistory apart = atOnce(new CacheAccess(Long.MAX_VALUE, CacheAccess.Keeping.DISCARD));
        Advice advice = new Stampede().advise(apart).orElseThrow();
        assertThat(advice.change()).isEqualTo(new ProposedChange.ShareComputations());
        assertThat(advice.prediction().before()).isEqualTo(120);

        CacheHistory shared = atOnce(CacheAccess.FULL);
        long computed = shared.requests().stream()
                .filter(each -> each.outcome() == Outcome.MISS)
                .count();
        assertThat((double) computed)
                .isBetween(advice.prediction().low(), advice.prediction().high());
        assertThat(new Stampede().advise(shared)).isEmpty();
    }

    @Test
    void computations_thatAreShared_areLeftAlone() {
        assertThat(new Stampede().advise(bursts(true))).isEmpty();
        // One after the other is no stampede.
        assertThat(new Stampede().advise(record(CacheSettings.DEFAULT, watched -> {
                    watched.with(new CacheAccess(Long.MAX_VALUE, CacheAccess.Keeping.KEEP));
                    for (int i = 0; i < 200; i++) {
                        watched.ask("text " + i % 10);
                    }
                })))
                .isEmpty();
    }

    /// Small answers to texts that repeat, and large ones to documents of which many are new.
    private static Consumer<WatchedCache> crowd(int largeBytes) {
        return watched -> {
            Zipf texts = new Zipf(120, 0.5, 8);
            Zipf documents = new Zipf(2_000, 0.4, 9);
            watched.answering =
                    input -> List.of(Part.text("x".repeat(input.get(0).isText() ? 1_000 : largeBytes)));
            for (int i = 0; i < 6_000; i++) {
                boolean text = i % 2 == 0;
                watched.ask(
                        text
                                ? Part.text("text " + texts.next())
                                : Part.blob(
                                        ("document " + documents.next()).getBytes(StandardCharsets.UTF_8),
                                        "application/pdf"));
            }
        };
    }

    @Test
    void values_thatCrowdOutOthers_getAShareOfTheirOwn() {
        CacheSettings settings = WatchedCache.lru(10_000).withTtlMillis(0).withMaxBytes(200_000L);
        Advice advice =
                new LargeValues().advise(record(settings, crowd(20_000))).orElseThrow();
        assertThat(advice.change())
                .isInstanceOfSatisfying(
                        ProposedChange.Separate.class,
                        change -> assertThat(change.mimeTypes()).containsExactly("application/*"));
        holds(advice, settings, crowd(20_000));
    }

    @Test
    void values_ofOneSize_areLeftTogether() {
        CacheSettings settings = WatchedCache.lru(10_000).withTtlMillis(0).withMaxBytes(200_000L);
        assertThat(new LargeValues().advise(record(settings, crowd(1_000)))).isEmpty();
    }

    private static Part picture(int scene, int noise) {
        BufferedImage image = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        Random random = new Random(scene);
        for (int i = 0; i < 8; i++) {
            graphics.setColor(new Color(random.nextInt(0xffffff)));
            graphics.fillRect(random.nextInt(96), random.nextInt(96), 20 + random.nextInt(50), 20 + random.nextInt(50));
        }
        graphics.dispose();
        image.setRGB(noise % 96, (noise / 96) % 96, noise * 7_919);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Part.blob(out.toByteArray(), "image/png");
    }

    private static Consumer<WatchedCache> camera(boolean answersDiffer) {
        return watched -> {
            int[] asked = {0};
            watched.answering = input -> List.of(Part.text(answersDiffer ? "answer " + asked[0] : "a scene"));
            for (int i = 0; i < 200; i++) {
                asked[0] = i;
                watched.ask(picture(i / 20, i));
            }
        };
    }

    @Test
    void pictures_thatLookAlikeAndMeanTheSame_shareAKey() {
        Advice advice = new NearDuplicates()
                .advise(record(CacheSettings.DEFAULT, camera(false)))
                .orElseThrow();
        assertThat(advice.change()).isInstanceOf(ProposedChange.MatchImages.class);
        holds(advice, CacheSettings.DEFAULT, camera(false));
    }

    @Test
    void pictures_thatLookAlikeAndMeanOtherThings_areToldApart() {
        assertThat(new NearDuplicates().advise(record(CacheSettings.DEFAULT, camera(true))))
                .isEmpty();
    }

    @Test
    void texts_thatDifferInSpacesAlone_areMadeAlike() {
        Consumer<WatchedCache> asking = watched -> {
            Random random = new Random(7);
            watched.answering = input -> List.of(Part.text(input.get(0).text().replaceAll(" +", "")));
            for (int i = 0; i < 500; i++) {
                watched.ask("text" + " ".repeat(1 + random.nextInt(40)) + random.nextInt(30));
            }
        };
        Advice advice = new NearDuplicates()
                .advise(record(CacheSettings.DEFAULT, asking))
                .orElseThrow();
        assertThat(advice.change()).isEqualTo(new ProposedChange.Normalise("space"));
        holds(advice, CacheSettings.DEFAULT, asking);
    }

    @Test
    void rules_onAHealthyCache_sayNothing() {
        assertThat(AdviceRules.advise(record(CacheSettings.DEFAULT, skewed(5_000, 300, 1))))
                .isEmpty();
        assertThat(AdviceRules.advise(record(tinyLfu(60), skewed(50, 600, 1)))).isEmpty();
    }

    @Test
    void rules_onASickCache_sayWhatIsWrongAlone() {
        assertThat(AdviceRules.advise(record(tinyLfu(60), skewed(8_000, 600, 1))))
                .singleElement()
                .satisfies(advice -> assertThat(advice.rule()).isEqualTo("size"));
        assertThat(AdviceRules.advise(record(CacheSettings.DEFAULT, volatileField(""))))
                .singleElement()
                .satisfies(advice -> assertThat(advice.rule()).isEqualTo("volatile-field"));
    }
}
