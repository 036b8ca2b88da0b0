package io.partflow.engine.insight.history;

import io.partflow.engine.cache.CacheSettings.KeyOptions;
import io.partflow.engine.cache.KeyFunction.TextNormalisation;
import io.partflow.engine.content.image.AlikePictures;
import io.partflow.engine.content.image.ImageSignature;
import io.partflow.engine.insight.history.Ablation.Change;
import io.partflow.engine.insight.why.PartPrint;
import io.partflow.engine.insight.why.RequestPrint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The keys that the requests of a history would have had under other options: those that hold, and changes to them.
/// Confined to one thread.
final class OtherKeys {
    private final CacheHistory history;
    private final KeyOptions options;
    // By key whose input is remembered: the number of its answer, 0 if unknown.
    private final Map<Long, Long> answers = new HashMap<>();
    // By the body of a picture: the first-seen picture that stands for it.
    private final Map<Long, Long> standsFor = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private int requests;

    OtherKeys(CacheHistory history) {
        this.history = history;
        this.options = history.settings().key();
        for (CacheRequest request : history.requests()) {
            if (history.prints().containsKey(request.key())) {
                answers.merge(request.key(), request.answer(), (one, other) -> one == 0 ? other : one);
                requests++;
            }
        }
        matchPictures();
        findChanges();
    }

    /// Pictures stand for each other as they do for the keys: the first-seen one, in the order of the requests.
    private void matchPictures() {
        Integer distance = options.imageHammingDistance();
        if (distance == null) {
            return;
        }
        AlikePictures pictures = new AlikePictures(distance);
        Map<ImageSignature, Long> numbers = new HashMap<>();
        Set<Long> seen = new HashSet<>();
        for (CacheRequest request : history.requests()) {
            RequestPrint print = seen.add(request.key()) ? history.prints().get(request.key()) : null;
            for (PartPrint part : print == null ? List.<PartPrint>of() : print.parts()) {
                ImageSignature own = part.signature();
                if (own != null) {
                    ImageSignature first = pictures.firstSeen(own);
                    standsFor.put(part.body(), numbers.computeIfAbsent(first, each -> part.body()));
                }
            }
        }
    }

    private void findChanges() {
        // By name: the values that occur, no entry being one of them.
        Map<String, Set<Long>> values = new TreeMap<>();
        boolean texts = false;
        for (RequestPrint print : history.prints().values()) {
            for (PartPrint part : print.parts()) {
                part.metadata()
                        .forEach(field -> values.computeIfAbsent(field.name(), name -> new HashSet<>())
                                .add(field.value()));
                texts |= !part.normalised().isEmpty();
            }
        }
        options.ignoreMetadata().forEach(values::remove);
        values.keySet().forEach(name -> changes.add(new Change.WithoutMetadata(name)));
        for (TextNormalisation step : TextNormalisation.values()) {
            if (texts && !options.normalise().contains(step.id())) {
                changes.add(new Change.Normalising(step));
            }
        }
    }

    /// Every change that there is something for: each metadata name that occurs and counts, each further step.
    List<Change> changes() {
        return changes;
    }

    /// The share of the requests whose input is remembered that those keys would have spared at most; 0 without such
    /// requests.
    double share(Changed changed) {
        return requests == 0 ? 0 : changed.spared() / (double) requests;
    }

    /// The keys with some changes.
    Changed with(List<Change> some) {
        Set<String> without = new HashSet<>(options.ignoreMetadata());
        int steps = 0;
        for (String id : options.normalise()) {
            steps |= 1 << TextNormalisation.of(id).ordinal();
        }
        for (Change change : some) {
            for (Change single : change.singles()) {
                if (single instanceof Change.WithoutMetadata(String name)) {
                    without.add(name);
                } else if (single instanceof Change.Normalising(TextNormalisation step)) {
                    steps |= 1 << step.ordinal();
                }
            }
        }
        Map<Long, Long> keys = new HashMap<>();
        for (Map.Entry<Long, RequestPrint> each : history.prints().entrySet()) {
            long hash = each.getValue().key().prefix().hashCode();
            for (PartPrint part : each.getValue().parts()) {
                if (options.skipPartsWithMetadata().stream().noneMatch(name -> part.field(name) != null)) {
                    hash = PartPrint.mixed(hash, reduced(part, without, steps), 5);
                }
            }
            keys.put(each.getKey(), hash);
        }
        return new Changed(keys, answers);
    }

    private long reduced(PartPrint part, Set<String> without, int steps) {
        long body = part.normalised().isEmpty()
                ? standsFor.getOrDefault(part.body(), part.body())
                : part.normalised().get(steps);
        long hash = PartPrint.mixed(
                PartPrint.mixed(body, part.role(), part.substream()),
                part.mimeType().hashCode(),
                2);
        for (PartPrint.Field field : part.metadata()) {
            if (!without.contains(field.name())) {
                hash = PartPrint.mixed(hash, field.name().hashCode(), field.value());
            }
        }
        return hash;
    }

    /// Keys with a change, and which of the present ones came to be one. Immutable.
    static final class Changed {
        private final Map<Long, Long> keys;
        private final Ablation.Merged merged;
        private final int entries;

        private Changed(Map<Long, Long> keys, Map<Long, Long> answerOf) {
            this.keys = keys;
            Map<Long, List<Long>> groups = new HashMap<>();
            // A key whose input is not remembered shares its entry with no other.
            keys.forEach((key, reduced) -> {
                Long answer = answerOf.get(key);
                if (answer != null) {
                    groups.computeIfAbsent(reduced, each -> new ArrayList<>(2)).add(answer);
                }
            });
            int shared = 0;
            int conflicting = 0;
            int unknown = 0;
            int sharing = 0;
            for (List<Long> group : groups.values()) {
                if (group.size() < 2) {
                    continue;
                }
                sharing++;
                shared += group.size();
                Map<Long, Integer> counts = new HashMap<>();
                int known = 0;
                int most = 0;
                for (long answer : group) {
                    if (answer != 0) {
                        known++;
                        most = Math.max(most, counts.merge(answer, 1, Integer::sum));
                    }
                }
                unknown += group.size() - known;
                conflicting += known - most;
            }
            merged = new Ablation.Merged(shared, conflicting, unknown);
            entries = sharing;
        }

        /// The key of a request; requests whose input is not remembered keep their own.
        long keyOf(CacheRequest request) {
            return keys.getOrDefault(request.key(), request.key());
        }

        Ablation.Merged merged() {
            return merged;
        }

        /// How many computations a cache of any size would be spared by the change at most.
        int spared() {
            return merged.keys() - entries;
        }
    }
}
