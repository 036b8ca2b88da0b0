package io.partflow.ui.tune.why;

import io.partflow.engine.insight.InsightSnapshot.OfNode;
import io.partflow.engine.insight.advice.ProposedChange;
import io.partflow.engine.insight.history.Ablation;
import io.partflow.engine.insight.why.Difference;
import io.partflow.engine.insight.why.MissCause;
import io.partflow.engine.insight.why.MissExplanation;
import io.partflow.pipeline.edit.SetCache;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import io.partflow.ui.tune.sample.TuneFeed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The explanation of the selected miss. FX thread; what differs is asked for in the background.
public final class WhyViewModel {
    /// An explanation in words. Immutable.
    ///
    /// @param sentence the one cause
    /// @param about when and at which node
    /// @param nearest the key of the nearest earlier request in words; empty where there is none
    /// @param share how many of the node's misses have this cause; empty if not known
    /// @param content what can be said of the content; empty where there is nothing to say
    /// @param differences part by part, field by field
    public record Answer(
            MissExplanation miss,
            String sentence,
            String about,
            String nearest,
            String share,
            String content,
            List<Difference> differences) {
        public Answer {
            differences = List.copyOf(differences);
        }
    }

    /// What leaving the field out of the key would mean. Immutable.
    ///
    /// @param name of the metadata entry
    /// @param gain from which hit ratio to which
    /// @param risk how many merged requests had another answer
    public record Remedy(String node, String name, String gain, String risk) {}

    private static final String METADATA = "metadata.";

    private final TuneFeed feed;
    private final MissesViewModel misses;
    private final ReadOnlyObjectWrapper<@Nullable Answer> answer = new ReadOnlyObjectWrapper<>(this, "answer");

    public WhyViewModel(TuneFeed feed, MissesViewModel misses) {
        this.feed = feed;
        this.misses = misses;
        misses.selectedProperty().subscribe(this::explain);
    }

    /// The explanation; null while no miss is selected.
    public ReadOnlyObjectProperty<@Nullable Answer> answerProperty() {
        return answer.getReadOnlyProperty();
    }

    /// What would have kept the miss from happening, where that is leaving one metadata entry out of the key; null
    /// where it is not, or nobody has looked yet.
    public @Nullable Remedy remedy() {
        Answer now = answer.get();
        if (now == null || !(now.miss().cause() instanceof MissCause.MetadataChanged)) {
            return null;
        }
        List<String> fields =
                now.differences().stream().map(Difference::field).distinct().toList();
        if (fields.size() != 1 || !fields.getFirst().startsWith(METADATA)) {
            return null;
        }
        String node = now.miss().node();
        String name = fields.getFirst().substring(METADATA.length());
        boolean left = feed.ground()
                .settings()
                .apply(node)
                .map(settings -> settings.key().ignoreMetadata().contains(name))
                .orElse(true);
        return left
                ? null
                : feed.nodesProperty().get().stream()
                        .filter(each -> each.id().equals(node))
                        .flatMap(each -> each.analysis().ablation().stream())
                        .filter(each -> each.change().equals(new Ablation.Change.WithoutMetadata(name)))
                        .findFirst()
                        .map(result -> remedy(node, name, result))
                        .orElse(null);
    }

    private static Remedy remedy(String node, String name, Ablation.Result result) {
        Ablation.Merged merged = result.merged();
        return new Remedy(
                node,
                name,
                Messages.text(
                        "tune.why.remedy.gain", Formats.percent(result.before()), Formats.percent(result.after())),
                Messages.text(
                        "tune.why.remedy.risk",
                        Formats.count(merged.keys(), "request", "requests"),
                        Formats.count(merged.conflicting()),
                        Formats.count(merged.unknown())));
    }

    /// Leaves the metadata entry out of the node's keys, as one step to undo.
    public void apply(Remedy remedy) {
        feed.ground()
                .settings()
                .apply(remedy.node())
                .flatMap(settings -> new ProposedChange.IgnoreMetadata(remedy.name()).applyTo(settings))
                .ifPresent(changed -> feed.ground().edits().accept(new SetCache(remedy.node(), changed)));
    }

    private void explain(@Nullable MissExplanation miss) {
        if (miss == null) {
            answer.set(null);
            return;
        }
        answer.set(answer(miss, null));
        if (miss.nearest() != null) {
            feed.ask(() -> feed.source().detail(miss), detail -> {
                if (miss.equals(misses.selectedProperty().get())) {
                    answer.set(answer(miss, detail));
                }
            });
        }
    }

    /// @param detail null while nobody has looked yet
    private Answer answer(MissExplanation miss, @Nullable Optional<MissExplanation.Detail> detail) {
        List<Difference> differences = detail == null
                ? List.of()
                : detail.map(MissExplanation.Detail::differences).orElse(List.of());
        return new Answer(
                miss,
                sentence(miss, differences),
                Messages.text(
                        "tune.why.about", misses.title(miss), MissesViewModel.moment(miss), MissWords.key(miss.key())),
                miss.nearest() == null ? "" : Messages.text("tune.why.nearest", MissWords.key(miss.nearest())),
                share(miss),
                content(miss, detail),
                differences);
    }

    /// Where one field alone differs, the sentence names it.
    private static String sentence(MissExplanation miss, List<Difference> differences) {
        List<String> fields =
                differences.stream().map(Difference::field).distinct().toList();
        boolean one = fields.size() == 1 && !fields.getFirst().isEmpty();
        return one && miss.cause() instanceof MissCause.MetadataChanged
                ? Messages.text("tune.why.onlyfield", fields.getFirst())
                : MissWords.sentence(miss.cause());
    }

    private String share(MissExplanation miss) {
        Map<MissCause.Kind, Long> causes = feed.nodesProperty().get().stream()
                .filter(node -> node.id().equals(miss.node()))
                .findFirst()
                .map(OfNode::insight)
                .map(insight -> insight.causes())
                .orElse(Map.of());
        long all = causes.values().stream().mapToLong(Long::longValue).sum();
        long same = causes.getOrDefault(miss.cause().kind(), 0L);
        return same == 0
                ? ""
                : Messages.text(
                        "tune.why.share", MissWords.kind(miss.cause().kind()), Formats.count(same), Formats.count(all));
    }

    private static String content(MissExplanation miss, @Nullable Optional<MissExplanation.Detail> detail) {
        if (miss.nearest() == null || detail == null) {
            return "";
        }
        if (detail.isEmpty()) {
            return Messages.text("tune.why.forgotten");
        }
        return switch (detail.get().content()) {
            case HELD -> "";
            case NO_LONGER_HELD -> Messages.text("tune.why.notheld");
        };
    }
}
