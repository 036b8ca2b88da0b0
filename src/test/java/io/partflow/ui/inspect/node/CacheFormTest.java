package io.partflow.ui.inspect.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheSettings.Behaviour;
import io.partflow.engine.cache.CacheSettings.Conditions;
import io.partflow.engine.cache.CacheSettings.KeyOptions;
import io.partflow.engine.cache.CacheSettings.Partition;
import io.partflow.engine.cache.CacheSettings.Policy;
import io.partflow.engine.cache.CacheSettings.Scope;
import io.partflow.engine.cache.CacheSettings.StoreUse;
import io.partflow.engine.cache.CacheSettings.Tier;
import io.partflow.engine.cache.CacheSettings.Writing;
import io.partflow.ui.inspect.form.FieldViewModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CacheFormTest {
    private CacheSettings settings = CacheSettings.DEFAULT;
    private @Nullable String store;
    private int edits;
    private final CacheForm form = new CacheForm(settings, null, this::take, this::takeStore);

    private void take(CacheSettings changed) {
        edits++;
        settings = changed;
        form.show(settings, store);
    }

    private void takeStore(@Nullable String file) {
        edits++;
        store = file;
        form.show(settings, store);
    }

    private void enter(String name, String text) {
        FieldViewModel field = form.fields().stream()
                .filter(each -> each.spec().name().equals(name))
                .findFirst()
                .orElseThrow();
        field.enter(text);
        assertThat(field.errorProperty().get()).as(name).isEmpty();
    }

    @Test
    void fields_oneByOne_makeEverySettingOfADocument() {
        enter("ttl", "90 s");
        enter("items", "20");
        enter("bytes", "2 MiB");
        enter("policy", "Least recently used");
        enter("scope", "Whole input");
        enter("tier", "Memory over store");
        enter("store", "answers.db");
        enter("storeItems", "5000");
        enter("storeBytes", "1 GiB");
        enter("writing", "Soon after");
        enter("heapShare", "25");
        enter("negativeTtl", "10 s");
        enter("refreshAhead", "5 s");
        enter("stale", "1 min");
        enter("prefix", "tenant-a:");
        enter("ignored", "probe\ntime");
        enter("skipped", "debug");
        enter("normalised", "space");
        enter("distance", "6");
        enter("mimeTypes", "image/*");
        enter("minLength", "12");
        enter("never", "secret");
        form.addPartition();
        enter("partitionTypes0", "text/plain");
        enter("partitionTtl0", "24 h");
        enter("partitionItems0", "1000");
        enter("partitionBytes0", "8 MiB");

        assertThat(settings)
                .isEqualTo(new CacheSettings(
                        Scope.STREAM,
                        Tier.TIERED,
                        90_000,
                        20L,
                        2L << 20,
                        Policy.LRU,
                        "tenant-a:",
                        new KeyOptions(List.of("probe", "time"), List.of("debug"), List.of("space"), 6),
                        new Conditions(List.of("image/*"), 12, List.of("secret")),
                        new Behaviour(
                                10_000L,
                                5_000,
                                60_000,
                                0.25,
                                List.of(new Partition(List.of("text/plain"), 86_400_000, 1_000L, 8L << 20)),
                                new StoreUse(null, 5_000L, 1L << 30, Writing.BEHIND))));
        assertThat(store).isEqualTo("answers.db");
        assertThat(edits).as("each one step to undo").isEqualTo(27);
    }

    @Test
    void fields_emptied_goBackToNoLimit() {
        enter("negativeTtl", "10 s");
        enter("storeItems", "5000");
        enter("store", "answers.db");
        enter("heapShare", "25");
        enter("prefix", "x");
        enter("negativeTtl", "");
        enter("storeItems", "");
        enter("store", "");
        enter("heapShare", "0");
        enter("prefix", "");

        assertThat(settings).isEqualTo(CacheSettings.DEFAULT);
        assertThat(store).isNull();
    }

    @Test
    void partitions_comeAndGo_withTheirGroups() {
        int before = form.groups().size();
        form.addPartition();
        form.addPartition();
        enter("partitionItems1", "7");
        assertThat(form.groups()).hasSize(before + 2);

        Objects.requireNonNull(form.groups().get(before).remove()).run();

        assertThat(settings.behaviour().partitions())
                .containsExactly(new Partition(List.of("image/*"), 3_600_000, 7L, null));
        assertThat(form.groups()).hasSize(before + 1);
        assertThat(form.fields().stream()
                        .filter(field -> field.spec().name().equals("partitionItems0"))
                        .map(field -> field.textProperty().get()))
                .containsExactly("7");
    }

    @Test
    void settings_undone_areShownAgain() {
        List<String> before = texts();
        CacheSettings other = CacheSettings.DEFAULT
                .withTier(Tier.STORE)
                .withPrefix("x")
                .withBehaviour(Behaviour.DEFAULT.withStaleMillis(5_000));
        form.show(other, "s.db");
        assertThat(texts()).isNotEqualTo(before).contains("s.db", "x", "Store");

        form.show(CacheSettings.DEFAULT, null);

        assertThat(texts()).isEqualTo(before);
        assertThat(edits).isZero();
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        form.fields().forEach(field -> texts.add(field.textProperty().get()));
        return texts;
    }
}
