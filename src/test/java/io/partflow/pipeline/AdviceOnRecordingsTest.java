package io.partflow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.KeyFunction;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.insight.CacheInsight;
import io.partflow.engine.insight.NodeInsight;
import io.partflow.engine.insight.RecordedHistories;
import io.partflow.engine.insight.WatchedCache;
import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.advice.AdviceRule;
import io.partflow.engine.insight.advice.Prediction.Measure;
import io.partflow.engine.insight.advice.ProposedChange;
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
import io.partflow.engine.insight.history.Ablation;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.CacheRequest;
import io.partflow.engine.stream.ManualClock;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.trace.RecordingHeader;
import io.partflow.engine.trace.RecordingLevel;
import io.partflow.engine.trace.RecordingWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every rule on recordings: of runs of a pipeline document, or in a trace file of genai-processors. What the rule
/// proposes is applied to the document, which is run again on the same stream; what comes of it must lie where the
/// rule said. Streams come of seeded generators.
@Timeout(60)
class AdviceOnRecordingsTest {
    private static final Function<Part, Part> ECHO = part -> Part.text("answer to " + part.text());

    @TempDir
    private Path folder = Path.of("");

    private final ManualClock clock = new ManualClock();

    private RecordedProduct product(CacheSettings settings, Function<Part, Part> answering) {
        return new RecordedProduct(folder, clock, settings, answering);
    }

    private static CacheSettings tinyLfu(long items) {
        return CacheSettings.DEFAULT.withTtlMillis(0).withMaxItems(items);
    }

    private static List<Part> skewed(int requests, int keys) {
        Zipf zipf = new Zipf(keys, 0.8, 11);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            parts.add(Part.text("text " + zipf.next()));
        }
        return parts;
    }

    private static Advice spoken(AdviceRule rule, CacheHistory history) {
        Advice advice = rule.advise(history).orElseThrow();
        assertThat(advice.evidence()).isNotEmpty();
        return advice;
    }

    /// Runs, asks the rule, applies what it says, runs again, and compares.
    private static ProposedChange holds(AdviceRule rule, RecordedProduct product) throws Exception {
        RecordedProduct.Ran before = product.run();
        Advice advice = spoken(rule, before.history());
        assertThat(advice.prediction().measure()).isEqualTo(Measure.HIT_RATIO);
        assertThat(advice.prediction().before()).isEqualTo(before.hitRatio());
        product.apply(advice.change());
        double after = product.run().hitRatio();
        assertThat(after)
                .as("%s predicted %s", advice.title(), advice.prediction())
                .isBetween(advice.prediction().low(), advice.prediction().high())
                .isGreaterThan(before.hitRatio() + 0.015);
        return advice.change();
    }

    @Test
    void size_ofACacheThatIsTooSmall_isRaised() throws Exception {
        for (CacheSettings settings : List.of(tinyLfu(60), WatchedCache.lru(60).withTtlMillis(0))) {
            RecordedProduct product = product(settings, ECHO);
            product.asks(skewed(6_000, 600), 1);
            assertThat(holds(new SmallCache(), product)).isInstanceOf(ProposedChange.Limits.class);
        }
    }

    @Test
    void size_ofACacheThatHoldsAll_isLeftAlone() throws Exception {
        RecordedProduct product = product(tinyLfu(1_000), ECHO);
        product.asks(skewed(4_000, 600), 1);
        assertThat(new SmallCache().advise(product.run().history())).isEmpty();
    }

    @Test
    void ttl_shorterThanTheGaps_isRaised() throws Exception {
        RecordedProduct product = product(tinyLfu(1_000).withTtlMillis(3_000), ECHO);
        product.speed = 1;
        product.asks(skewed(5_000, 300), 40);
        assertThat(holds(new ShortTimeToLive(), product)).isInstanceOf(ProposedChange.TimeToLive.class);
        assertThat(new ShortTimeToLive().advise(product.run().history())).isEmpty();
    }

    private static List<Part> probed(int requests) {
        Zipf zipf = new Zipf(100, 0.8, 2);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            parts.add(Part.text("text " + zipf.next())
                    .withMetadata("prober", JsonValue.of(i))
                    .withMetadata("lang", JsonValue.of("en")));
        }
        return parts;
    }

    @Test
    void field_thatChangesAlwaysAndMeansNothing_isLeftOut() throws Exception {
        RecordedProduct product = product(CacheSettings.DEFAULT, ECHO);
        product.asks(probed(1_500), 1);
        CacheHistory history = product.run().history();
        Ablation.Result best = Ablation.of(history).get(0);
        assertThat(best.change()).isEqualTo(new Ablation.Change.WithoutMetadata("prober"));
        assertThat(best.before()).isZero();
        assertThat(best.merged().keys()).isGreaterThan(1_400);
        assertThat(best.merged().conflicting()).isZero();
        assertThat(best.merged().unknown()).isZero();

        assertThat(holds(new VolatileField(), product)).isEqualTo(new ProposedChange.IgnoreMetadata("prober"));
        // What the recording promised is what the product then did, to the last hit.
        assertThat(product.run().hitRatio()).isEqualTo(best.after());
    }

    @Test
    void fields_thatHideEachOther_areLeftOutTogether() throws Exception {
        RecordedProduct product =
                product(CacheSettings.DEFAULT, part -> Part.text(part.text() + part.metadata("lang")));
        Random random = new Random(5);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            parts.add(Part.text("question " + random.nextInt(41))
                    .withMetadata("requestid", JsonValue.of("r" + i))
                    .withMetadata("lang", JsonValue.of(random.nextInt(2)))
                    .withMetadata("sent", JsonValue.of(i * 1_000)));
        }
        product.asks(parts, 1);
        CacheHistory history = product.run().history();
        assertThat(new NeverRepeating().advise(history)).isEmpty();
        assertThat(holds(new VolatileField(), product))
                .isEqualTo(new ProposedChange.Several(List.of(
                        new ProposedChange.IgnoreMetadata("requestid"), new ProposedChange.IgnoreMetadata("sent"))));
    }

    @Test
    void field_thatTheAnswerDependsOn_isKept() throws Exception {
        RecordedProduct product =
                product(CacheSettings.DEFAULT, part -> Part.text(part.text() + part.metadata("prober")));
        product.asks(probed(1_000), 1);
        CacheHistory history = product.run().history();
        assertThat(Ablation.of(history).get(0).merged().conflicting()).isGreaterThan(800);
        assertThat(new VolatileField().advise(history)).isEmpty();
    }

    @Test
    void node_whoseInputsNeverRepeat_isNotCached() throws Exception {
        RecordedProduct product = product(tinyLfu(1_000), ECHO);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            parts.add(Part.text("text " + i));
        }
        product.asks(parts, 1);
        RecordedProduct.Ran before = product.run();
        Advice advice = spoken(new NeverRepeating(), before.history());
        assertThat(advice.prediction().before())
                .isEqualTo((double) before.snapshot().cache().bytes());
        product.apply(advice.change());
        RecordedProduct.Ran after = product.run();
        assertThat(after.snapshot().cache().bytes())
                .isEqualTo((long) advice.prediction().after());
        assertThat(after.snapshot().partsOut()).isEqualTo(600);
    }

    @Test
    void node_whoseInputsRepeat_orWouldWithoutAField_staysCached() throws Exception {
        for (List<Part> parts : List.of(skewed(600, 300), probed(600))) {
            RecordedProduct product = product(CacheSettings.DEFAULT, ECHO);
            product.asks(parts, 1);
            assertThat(new NeverRepeating().advise(product.run().history())).isEmpty();
        }
    }

    private static List<List<Part>> streams(int count, boolean allNew) {
        Random random = new Random(4);
        List<List<Part>> streams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Part> parts = new ArrayList<>();
            for (int j = 0; j < 4; j++) {
                parts.add(Part.text(allNew ? "new " + i + " " + j : "page " + random.nextInt(20)));
            }
            parts.add(Part.text("question " + i));
            streams.add(parts);
        }
        return streams;
    }

    @Test
    void streams_ofWhichOnePartChanges_areCachedPerPart() throws Exception {
        List<List<Part>> streams = streams(120, false);
        TraceFileOfCalls trace = new TraceFileOfCalls();
        for (int i = 0; i < streams.size(); i++) {
            trace.call("Describe", i * 100, i * 100 + 20, streams.get(i), Part.text("answer " + i));
        }
        CacheHistory history = history(trace, "Describe");
        Advice advice = spoken(new WholeStream(), history);
        assertThat(advice.change()).isEqualTo(new ProposedChange.CacheParts());

        // The same streams, a run each, through a document that caches whole streams, then with the change.
        RecordedProduct product = product(tinyLfu(10_000).withScope(CacheSettings.Scope.STREAM), ECHO);
        double before = partsServed(product, streams);
        product.apply(advice.change());
        double after = partsServed(product, streams);
        assertThat(before).isEqualTo(advice.prediction().before());
        assertThat(after)
                .isBetween(advice.prediction().low(), advice.prediction().high());
    }

    /// A run asks such a cache once: its parts tell, not the number of its requests.
    @Test
    void stream_ofOneRun_whosePartsRepeat_isCachedPerPart() throws Exception {
        RecordedProduct product = product(tinyLfu(10_000).withScope(CacheSettings.Scope.STREAM), ECHO);
        product.asks(skewed(300, 60), 1);
        RecordedProduct.Ran whole = product.run();
        assertThat(whole.history().requests()).hasSize(1);
        assertThat(whole.history().prints()).hasSize(1);
        List<Advice> said = AdviceRules.advise(whole.history());
        assertThat(said).extracting(Advice::change).containsExactly(new ProposedChange.CacheParts());
        assertThat(said.get(0).prediction().before()).isZero();
        product.apply(said.get(0).change());
        assertThat(product.run().hitRatio())
                .isGreaterThan(0.7)
                .isBetween(
                        said.get(0).prediction().low(), said.get(0).prediction().high());

        product = product(tinyLfu(10_000).withScope(CacheSettings.Scope.STREAM), ECHO);
        product.asks(skewed(60, 20), 1);
        assertThat(AdviceRules.advise(product.run().history())).isEmpty();
    }

    /// At level ALL, a node's whole input is found where another node emitted it.
    @Test
    void stream_thatAnotherNodeEmitted_isFoundInARecordingOfAll() throws Exception {
        Path file = folder.resolve("all.parts.jsonl");
        List<Part> emitted = skewed(150, 30);
        RecordingHeader header = RecordingHeader.of(Instant.EPOCH, "1", "p", RecordingLevel.ALL, List.of("ask"));
        for (String notRecorded : List.of("", "one more")) {
            try (RecordingWriter writer = RecordingWriter.create(file, header)) {
                writer.source(0, "ask", "out", Part.text("a book"));
                for (Part part : emitted) {
                    writer.emitted(1_000_000, "cut", "out", part);
                }
                writer.request(
                        2_000_000,
                        "describe",
                        String.valueOf(KeyFunction.DEFAULT.key(
                                "", notRecorded.isEmpty() ? emitted : List.of(Part.text(notRecorded)))),
                        Outcome.MISS,
                        10L,
                        5_000_000L,
                        null);
                writer.end(3_000_000, "completed");
            }
            String text = Files.readString(file)
                    .replaceFirst(
                            "\"sources\"",
                            "\"caches\":{\"describe\":{\"processor\":" + "\"p\",\"scope\":\"stream\"}},\"sources\"");
            Files.writeString(file, text);
            RecordedHistories read = RecordedHistories.read(file);
            CacheHistory history = Objects.requireNonNull(read.histories().get("describe"));
            if (notRecorded.isEmpty()) {
                assertThat(read.notes()).isEmpty();
                assertThat(spoken(new WholeStream(), history).change()).isEqualTo(new ProposedChange.CacheParts());
            } else {
                assertThat(new WholeStream().advise(history)).isEmpty();
                assertThat(read.notes()).singleElement().asString().doesNotContain("record with");
            }
        }
    }

    /// The share of parts that needed no computation.
    private static double partsServed(RecordedProduct product, List<List<Part>> streams) throws Exception {
        long served = 0;
        long parts = 0;
        try (CacheRoom room = new CacheRoom(new ManualClock())) {
            for (List<Part> stream : streams) {
                product.asks(stream, 1);
                double ratio = product.run(room).hitRatio();
                served += Math.round(ratio * stream.size());
                parts += stream.size();
            }
        }
        return served / (double) parts;
    }

    @Test
    void streams_ofWhichAllPartsChange_areLeftAlone() throws Exception {
        TraceFileOfCalls trace = new TraceFileOfCalls();
        List<List<Part>> streams = streams(120, true);
        for (int i = 0; i < streams.size(); i++) {
            trace.call("Describe", i * 100, i * 100 + 20, streams.get(i), Part.text("answer " + i));
        }
        assertThat(new WholeStream().advise(history(trace, "Describe"))).isEmpty();
    }

    private CacheHistory history(TraceFileOfCalls trace, String name) throws Exception {
        Path file = Files.writeString(folder.resolve("trace_1.json"), trace.json());
        CacheHistory history = RecordedHistories.read(file).histories().get(name);
        assertThat(history).isNotNull();
        return history;
    }

    @Test
    void computations_ofTheSameAtOnce_areShared() throws Exception {
        TraceFileOfCalls trace = new TraceFileOfCalls();
        List<Part> asked = new ArrayList<>();
        for (int burst = 0; burst < 40; burst++) {
            for (int i = 0; i < 6; i++) {
                Part question = Part.text("question " + burst);
                int start = burst * 1_000 + 2 * i;
                trace.call("Model", start, start + 300, List.of(question), Part.text("answer " + burst));
                asked.add(question);
            }
        }
        Advice advice = spoken(new Stampede(), history(trace, "Model"));
        assertThat(advice.prediction().before()).isEqualTo(240);

        RecordedProduct product = product(CacheSettings.DEFAULT, ECHO);
        product.asks(asked, 1);
        assertThat((double) product.run().snapshot().cache().misses())
                .isBetween(advice.prediction().low(), advice.prediction().high());
    }

    @Test
    void computations_oneAfterTheOther_areNoStampede() throws Exception {
        TraceFileOfCalls trace = new TraceFileOfCalls();
        for (int i = 0; i < 240; i++) {
            trace.call("Model", i * 100, i * 100 + 90, List.of(Part.text("question " + i % 40)), Part.text("answer"));
        }
        assertThat(new Stampede().advise(history(trace, "Model"))).isEmpty();
    }

    private static List<Part> crowd() {
        Zipf texts = new Zipf(120, 0.5, 8);
        Zipf documents = new Zipf(2_000, 0.4, 9);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            parts.add(
                    i % 2 == 0
                            ? Part.text("text " + texts.next())
                            : Part.blob(
                                    ("document " + documents.next()).getBytes(StandardCharsets.UTF_8),
                                    "application/pdf"));
        }
        return parts;
    }

    private RecordedProduct crowded(int largeBytes) throws Exception {
        CacheSettings settings = WatchedCache.lru(10_000).withTtlMillis(0).withMaxBytes(200_000L);
        RecordedProduct product = product(settings, part -> Part.text("x".repeat(part.isText() ? 1_000 : largeBytes)));
        product.asks(crowd(), 1);
        return product;
    }

    @Test
    void values_thatCrowdOutOthers_getAShareOfTheirOwn() throws Exception {
        assertThat(holds(new LargeValues(), crowded(20_000))).isInstanceOf(ProposedChange.Separate.class);
    }

    @Test
    void values_ofOneSize_areLeftTogether() throws Exception {
        assertThat(new LargeValues().advise(crowded(1_000).run().history())).isEmpty();
    }

    private RecordedProduct camera(boolean answersDiffer) throws Exception {
        int[] asked = {0};
        RecordedProduct product =
                product(CacheSettings.DEFAULT, part -> Part.text(answersDiffer ? "answer " + asked[0]++ : "a scene"));
        List<Part> pictures = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            pictures.add(Scenes.picture(i / 20, i));
        }
        product.asks(pictures, 1);
        return product;
    }

    @Test
    void pictures_thatLookAlikeAndMeanTheSame_shareAKey() throws Exception {
        assertThat(holds(new NearDuplicates(), camera(false))).isInstanceOf(ProposedChange.MatchImages.class);
    }

    @Test
    void pictures_thatLookAlikeAndMeanOtherThings_areToldApart() throws Exception {
        assertThat(new NearDuplicates().advise(camera(true).run().history())).isEmpty();
    }

    @Test
    void texts_thatDifferInSpacesAlone_areMadeAlike() throws Exception {
        RecordedProduct product =
                product(CacheSettings.DEFAULT, part -> Part.text(part.text().replaceAll(" +", "")));
        Random random = new Random(7);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            parts.add(Part.text("text" + " ".repeat(1 + random.nextInt(40)) + random.nextInt(30)));
        }
        product.asks(parts, 1);
        assertThat(holds(new NearDuplicates(), product)).isEqualTo(new ProposedChange.Normalise("space"));
    }

    @Test
    void cache_thatTakesLongerThanItSaves_isTurnedOff_andOneThatPaysIsNot() throws Exception {
        // Time passes for whoever works here: the cache's readings of the clock, and what the step says it takes.
        TickingClock ticking = new TickingClock();
        for (long workNanos : new long[] {100, 5_000_000}) {
            RecordedProduct product = new RecordedProduct(folder, ticking, CacheSettings.DEFAULT, part -> {
                ticking.pass(workNanos);
                return ECHO.apply(part);
            });
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                parts.add(Part.text("text " + i % 900));
            }
            product.asks(parts, 0);
            RecordedProduct.Ran ran = product.run();
            if (workNanos > 1_000) {
                assertThat(new Unprofitable().advise(ran.history())).isEmpty();
            } else {
                Advice advice = spoken(new Unprofitable(), ran.history());
                assertThat(advice.change()).isEqualTo(new ProposedChange.TurnOff());
                assertThat(advice.prediction().before()).isNegative();
                product.apply(advice.change());
                var savings = product.run().snapshot().savings();
                assertThat((double) savings.overheadNanos())
                        .isEqualTo(advice.prediction().after());
            }
        }
    }

    @Test
    void recording_saysWhatTheLiveHistorySays() throws Exception {
        for (CacheSettings settings : List.of(tinyLfu(60), WatchedCache.lru(60).withTtlMillis(0))) {
            RecordedProduct product = product(settings, ECHO);
            product.asks(skewed(3_000, 400), 1);
            try (CacheRoom room = new CacheRoom(clock);
                    CacheInsight insight = CacheInsight.of(room, clock)) {
                CacheHistory recorded = product.run(room).history();
                CacheHistory live = insight.history(RecordedProduct.NODE).orElseThrow();
                NodeInsight now = insight.snapshot().get(0);

                assertThat(recorded.requests())
                        .extracting(CacheRequest::key, CacheRequest::outcome, CacheRequest::bytes)
                        .containsExactlyElementsOf(live.requests().stream()
                                .map(each -> Tuple.tuple(each.key(), each.outcome(), each.bytes()))
                                .toList());
                assertThat(recorded.hitRatio())
                        .isEqualTo(now.counters().hitRatio().orElseThrow());
                assertThat(recorded.prints().keySet()).isEqualTo(live.prints().keySet());
                assertThat(AdviceRules.advise(recorded).stream().map(Advice::change))
                        .containsExactlyElementsOf(AdviceRules.advise(live).stream()
                                .map(Advice::change)
                                .toList());
            }
        }
    }

    /// A clock that goes on by itself at every reading, and when somebody says that time passes.
    private static final class TickingClock implements StreamClock {
        private static final long READING_NANOS = 1_000;
        private final ManualClock clock = new ManualClock();

        void pass(long nanos) {
            clock.advance(Duration.ofNanos(nanos));
        }

        @Override
        public long nanos() {
            pass(READING_NANOS);
            return clock.nanos();
        }

        @Override
        public Instant instant() {
            return clock.instant();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            clock.sleep(nanos);
        }
    }
}
