package io.partflow.ui.tune.advice;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.insight.InsightSnapshot.OfNode;
import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.advice.AdviceRule;
import io.partflow.engine.insight.advice.ProposedChange;
import io.partflow.pipeline.edit.SetCache;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import io.partflow.ui.tune.sample.TuneFeed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What the rules say about all nodes, what was taken over and what is not wanted. FX thread.
public final class AdviceViewModel {
    /// What can be done about a piece of advice.
    public enum Doing {
        APPLY,
        /// It stands already, as when it was applied and the history is still the one from before.
        DONE,
        /// It concerns how runs are started, not the document.
        RUN_OPTION
    }

    /// A piece of advice as it is shown. Immutable.
    ///
    /// @param nodeTitle the name of the node
    /// @param change what applying it does
    /// @param gain such as `+5.9 points`
    /// @param interval from what to what, and between which bounds
    public record Card(Advice advice, String nodeTitle, String change, String gain, String interval, Doing doing) {}

    private record Refused(String rule, String node) {}

    private final TuneFeed feed;
    private final Set<Refused> refused = new HashSet<>();
    private final ReadOnlyObjectWrapper<List<Card>> cards = new ReadOnlyObjectWrapper<>(this, "cards", List.of());

    public AdviceViewModel(TuneFeed feed) {
        this.feed = feed;
        feed.nodesProperty().subscribe(nodes -> show());
    }

    /// Shows what is said now, also after an edit.
    public void show() {
        List<Card> all = new ArrayList<>();
        for (OfNode node : feed.nodesProperty().get()) {
            Optional<CacheSettings> settings = feed.ground().settings().apply(node.id());
            for (Advice advice : node.analysis().advice()) {
                if (!refused.contains(new Refused(advice.rule(), advice.node()))) {
                    all.add(card(advice, settings));
                }
            }
        }
        if (!all.equals(cards.get())) {
            cards.set(List.copyOf(all));
        }
    }

    private Card card(Advice advice, Optional<CacheSettings> settings) {
        return new Card(
                advice,
                feed.ground().title().apply(advice.node()),
                AdviceWords.change(advice.change()),
                AdviceWords.gain(advice.prediction()),
                AdviceWords.interval(advice.prediction()),
                doing(advice, settings));
    }

    private static Doing doing(Advice advice, Optional<CacheSettings> settings) {
        if (advice.change() instanceof ProposedChange.ShareComputations) {
            return Doing.RUN_OPTION;
        }
        return settings.isEmpty() || stands(advice.change(), settings.get()) ? Doing.DONE : Doing.APPLY;
    }

    /// Whether the settings say already what a change would make of them; some changes would add it a second time.
    private static boolean stands(ProposedChange change, CacheSettings settings) {
        return switch (change) {
            case ProposedChange.IgnoreMetadata(String name) ->
                settings.key().ignoreMetadata().contains(name);
            case ProposedChange.Normalise(String step) ->
                settings.key().normalise().contains(step);
            case ProposedChange.Separate separate ->
                settings.behaviour().partitions().stream()
                        .anyMatch(each -> each.mimeTypes().equals(separate.mimeTypes()));
            case ProposedChange.Limits limits -> same(limits, settings);
            case ProposedChange.TimeToLive ttl -> same(ttl, settings);
            case ProposedChange.MatchImages images -> same(images, settings);
            case ProposedChange.CacheParts parts -> same(parts, settings);
            case ProposedChange.Several(List<ProposedChange> changes) ->
                changes.stream().allMatch(each -> stands(each, settings));
            case ProposedChange.TurnOff off -> false;
            case ProposedChange.ShareComputations share -> false;
        };
    }

    private static boolean same(ProposedChange change, CacheSettings settings) {
        return change.applyTo(settings).filter(settings::equals).isPresent();
    }

    /// Everything that is said and was not refused, in the order of the nodes.
    public ReadOnlyObjectProperty<List<Card>> cardsProperty() {
        return cards.getReadOnlyProperty();
    }

    /// Why nothing is said, where nothing is.
    public String silence() {
        int most = feed.nodesProperty().get().stream()
                .mapToInt(node -> node.analysis().requests())
                .max()
                .orElse(0);
        if (most < AdviceRule.LEAST_REQUESTS) {
            return Messages.text(
                    "tune.advice.few",
                    Formats.count(AdviceRule.LEAST_REQUESTS),
                    Formats.count(most, "request", "requests"));
        }
        return hasRefused()
                ? Messages.text("tune.advice.refused")
                : Messages.text("tune.advice.none", Formats.count(most, "request", "requests"));
    }

    /// Takes a piece of advice over, as one step to undo; what stands already changes nothing.
    public void apply(Advice advice) {
        Optional<CacheSettings> settings = feed.ground().settings().apply(advice.node());
        if (settings.isPresent() && doing(advice, settings) == Doing.APPLY) {
            CacheSettings changed = advice.change().applyTo(settings.get()).orElse(null);
            feed.ground().edits().accept(new SetCache(advice.node(), changed));
            show();
        }
    }

    /// Says no more of it as long as this pipeline is open.
    public void refuse(Advice advice) {
        refused.add(new Refused(advice.rule(), advice.node()));
        show();
    }

    /// Whether something was refused.
    public boolean hasRefused() {
        return !refused.isEmpty();
    }

    /// Says again what was refused.
    public void recall() {
        refused.clear();
        show();
    }
}
