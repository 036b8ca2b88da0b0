package io.partflow.ui.inspect.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.cache.upkeep.Invalidation;
import io.partflow.engine.cache.upkeep.RoomFilling;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.ManualClock;
import io.partflow.pipeline.Problem;
import io.partflow.ui.inspect.form.FieldViewModel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BulkViewModelTest {
    private final ManualClock clock = new ManualClock();
    private final CacheRoom room = new CacheRoom(clock);
    private final List<BulkViewModel.Removed> told = new ArrayList<>();
    private final List<Problem> troubles = new ArrayList<>();
    private TableChoice table = TableChoice.EMPTY;
    private int changes;
    private final BulkViewModel model = new BulkViewModel(
            (criteria, query, derived) -> Invalidation.of(room, criteria, query, derived),
            () -> table,
            clock::millis,
            id -> id.equals("n") ? "Answer" : "Pictures",
            Runnable::run,
            Runnable::run,
            told::add,
            () -> changes++,
            troubles::add);

    private StoredValue put(String node, String text, List<CacheKey> from) {
        StoredValue value = new StoredValue(
                new CacheKey("pf1:" + node + "@1:0:", ContentHash.ofText(text)),
                List.of(Part.text(text)),
                node,
                "p",
                text.length(),
                clock.millis(),
                Long.MAX_VALUE,
                5,
                Usage.NONE,
                from);
        room.cache(node, "p", CacheSettings.DEFAULT, "pf1:" + node + "@1:0:").warm(value);
        return value;
    }

    @BeforeEach
    void fill() {
        clock.advanceMillis(1_000_000);
        StoredValue first = put("n", "red apples", List.of());
        StoredValue second = put("m", "made of red apples", List.of(first.key()));
        StoredValue unused = put("m", "made of what was made", List.of(second.key()));
        clock.advanceMillis(600_000);
        StoredValue late = put("n", "green pears", List.of());
    }

    @AfterEach
    void close() {
        model.clear();
        room.close();
    }

    private void enter(String name, String text) {
        FieldViewModel field = model.fields().stream()
                .filter(each -> each.spec().name().equals(name))
                .findFirst()
                .orElseThrow();
        field.enter(text);
    }

    private static TableChoice selected(StoredValue value) {
        return new TableChoice(value.key(), "Answer, p/12", "", 4, Set::of);
    }

    private static TableChoice filtered(StoredValue... values) {
        return new TableChoice(
                null,
                "",
                "with “red”",
                values.length,
                () -> Stream.of(values).map(StoredValue::key).collect(Collectors.toSet()));
    }

    @Test
    void open_withNothingSelectedOrFiltered_meansNothing_untilAllIsChosen() {
        model.open();
        assertThat(model.scopeProperty().get()).isEqualTo(BulkScope.DESCRIBED);
        assertThat(model.countProperty().get()).isZero();
        assertThat(model.summaryProperty().get()).startsWith("Nothing is chosen yet.");
        model.remove();
        assertThat(room.count()).isEqualTo(4);

        model.scopeProperty().set(BulkScope.ALL);

        assertThat(model.countProperty().get()).isEqualTo(4);
        assertThat(model.summaryProperty().get())
                .contains("4 entries")
                .contains("Answer 2")
                .contains("Pictures 2");
        assertThat(room.count()).isEqualTo(4);
    }

    @Test
    void open_withAnEntrySelected_meansThatOne() {
        StoredValue other = put("n", "yellow plums", List.of());
        table = selected(other);

        model.open();

        assertThat(model.scopeProperty().get()).isEqualTo(BulkScope.SELECTED);
        assertThat(model.selectedWordsProperty().get()).isEqualTo("Answer, p/12");
        assertThat(model.countProperty().get()).isEqualTo(1);
        model.remove();
        assertThat(room.count()).isEqualTo(4);
        assertThat(room.peek(other.key())).isEmpty();
    }

    @Test
    void open_withAFilter_meansWhatItLetsThrough_inWords() {
        table = filtered(put("n", "yellow plums", List.of()), put("m", "blue plums", List.of()));

        model.open();

        assertThat(model.scopeProperty().get()).isEqualTo(BulkScope.FILTERED);
        assertThat(model.filterWordsProperty().get()).isEqualTo("2 entries, with “red”");
        assertThat(model.countProperty().get()).isEqualTo(2);
        enter("node", "Answer");
        assertThat(model.scopeProperty().get())
                .as("who describes entries means those")
                .isEqualTo(BulkScope.DESCRIBED);
        assertThat(model.countProperty().get()).isEqualTo(3);
    }

    @Test
    void recount_afterARunFilledTheCachesAgain_tellsOfTheNewEntries() {
        model.scopeProperty().set(BulkScope.ALL);
        model.remove();
        assertThat(model.countProperty().get()).isZero();

        StoredValue unused = put("n", "yellow plums", List.of());
        model.recount();

        assertThat(model.countProperty().get()).isEqualTo(1);
        assertThat(model.summaryProperty().get()).startsWith("1 entry");
    }

    @Test
    void recount_asAnotherEntryIsSelected_meansThatOne() {
        StoredValue plums = put("n", "yellow plums", List.of());
        table = selected(plums);
        model.open();
        StoredValue pears = put("m", "brown pears", List.of());
        table = selected(pears);

        model.recount();
        model.remove();

        assertThat(room.peek(plums.key())).isPresent();
        assertThat(room.peek(pears.key())).isEmpty();
    }

    @Test
    void recount_whileCounting_keepsWhatIsShown_andRestsAfterALongCount() {
        Deque<Runnable> background = new ArrayDeque<>();
        int[] counts = new int[1];
        BulkViewModel slow = new BulkViewModel(
                (criteria, query, derived) -> {
                    counts[0]++;
                    clock.advanceMillis(200);
                    return Invalidation.of(room, criteria, query, derived);
                },
                () -> table,
                clock::millis,
                id -> id,
                background::add,
                Runnable::run,
                told::add,
                () -> changes++,
                troubles::add);
        slow.scopeProperty().set(BulkScope.ALL);
        background.remove().run();
        slow.recount();
        assertThat(background).as("it rests nine times as long as it counted").isEmpty();

        clock.advanceMillis(1_800);
        slow.recount();
        slow.recount();

        assertThat(background).as("one count at a time").hasSize(1);
        assertThat(slow.countProperty().get())
                .as("the old count stays meanwhile")
                .isEqualTo(4);
        background.remove().run();
        assertThat(counts[0]).isEqualTo(2);
        slow.clear();
        background.remove().run();
    }

    @Test
    void count_byEachProperty_isOfWhatFits() {
        enter("node", "answer");
        assertThat(model.countProperty().get()).isEqualTo(2);
        enter("node", "");
        enter("age", "5 min");
        assertThat(model.countProperty().get()).isEqualTo(3);
        enter("age", "");
        enter("holds", "RED");
        assertThat(model.countProperty().get()).isEqualTo(2);
        enter("holds", "");
        enter("words", "pictures -answer");
        assertThat(model.countProperty().get()).isEqualTo(2);
        enter("words", "");
        enter("prefix", "pf1:n@1");
        assertThat(model.countProperty().get()).isEqualTo(2);
        enter("prefix", "");
        enter("kind", "image/*");
        assertThat(model.countProperty().get()).isZero();
        assertThat(model.summaryProperty().get()).isEqualTo("No entry is meant by this.");
    }

    @Test
    void count_ofAKeyThatIsNone_saysSoAndChoosesNothing() {
        enter("key", "apples");
        assertThat(model.summaryProperty().get()).startsWith("This is no key");
        model.remove();
        assertThat(room.count()).isEqualTo(4);
    }

    @Test
    void remove_withWhatIsDerived_takesTheWholeChain_andUndoBringsItBack() {
        enter("holds", "red apples");
        enter("node", "Answer");
        assertThat(model.countProperty().get()).isEqualTo(1);
        model.derivedProperty().set(true);
        assertThat(model.countProperty().get()).isEqualTo(3);

        model.remove();

        assertThat(room.count()).isEqualTo(1);
        assertThat(changes).isEqualTo(1);
        assertThat(told)
                .singleElement()
                .satisfies(removed -> assertThat(removed.count()).isEqualTo(3));
        assertThat(model.canUndo()).isTrue();
        told.getFirst().undo().run();
        assertThat(room.count()).isEqualTo(4);
        assertThat(model.canUndo()).isFalse();
        told.getFirst().undo().run();
        assertThat(changes).as("a second undo does nothing").isEqualTo(2);
    }

    @Test
    void removeAll_takesAllWhateverIsChosen_andUndoBringsItBack() {
        enter("node", "Answer");

        model.removeAll();

        assertThat(room.count()).isZero();
        assertThat(told)
                .singleElement()
                .satisfies(removed -> assertThat(removed.count()).isEqualTo(4));
        told.getFirst().undo().run();
        assertThat(room.count()).isEqualTo(4);
    }

    @Test
    void undoLast_bringsBackWhatWasRemovedLast() {
        enter("node", "Answer");
        model.remove();
        enter("node", "Pictures");
        model.remove();
        assertThat(room.count()).isZero();

        model.undoLast();
        assertThat(room.count()).isEqualTo(2);
        model.undoLast();
        assertThat(room.count()).isEqualTo(4);
    }

    @Test
    void remove_beforeItWasCounted_doesNothing() {
        model.remove();
        assertThat(room.count()).isEqualTo(4);
    }

    @Test
    void warming_tellsHowFarItCame_andCanBeEnded() {
        List<String> ends = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        WarmViewModel[] holder = new WarmViewModel[1];
        WarmViewModel warm = new WarmViewModel(
                (store, goOn) -> {
                    RoomFilling.Progress half = new RoomFilling.Progress(64, 60, 0);
                    seen.add(
                            goOn.test(half) + " " + holder[0].progressProperty().get());
                    holder[0].cancel();
                    seen.add(String.valueOf(goOn.test(half)));
                    return half;
                },
                Runnable::run,
                Runnable::run,
                ends::add,
                () -> changes++);
        holder[0] = warm;

        warm.warm(Path.of("other.db"));

        assertThat(seen).containsExactly("true 64 read, 60 taken", "false");
        assertThat(ends).containsExactly("Cancelled: 60 entries taken of 64 read so far");
        assertThat(warm.runningProperty().get()).isFalse();
        assertThat(changes).isPositive();
    }

    @Test
    void count_thatFails_saysWhyAndWhatToDo_andTheNextOneCounts() {
        boolean[] broken = {true};
        BulkViewModel moody = new BulkViewModel(
                (criteria, query, derived) -> {
                    if (broken[0]) {
                        throw new IllegalStateException("the store is gone");
                    }
                    return Invalidation.of(room, criteria, query, derived);
                },
                () -> table,
                clock::millis,
                id -> id,
                Runnable::run,
                Runnable::run,
                told::add,
                () -> changes++,
                troubles::add);

        moody.scopeProperty().set(BulkScope.ALL);

        assertThat(moody.summaryProperty().get()).contains("the store is gone").contains("try again");
        assertThat(moody.countProperty().get()).isNegative();
        assertThat(troubles).as("the form says it, nothing else has to").isEmpty();

        moody.removeAll();
        assertThat(troubles).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains("the store is gone");
            assertThat(problem.remedy()).isNotBlank();
        });
        assertThat(told).isEmpty();

        broken[0] = false;
        moody.count();
        assertThat(moody.countProperty().get()).isEqualTo(4);
        assertThat(moody.summaryProperty().get()).startsWith("4 entries");
        moody.clear();
    }

    @Test
    void warming_thatBreaks_canBeBegunAgain() {
        WarmViewModel warm = new WarmViewModel(
                (store, goOn) -> {
                    throw new IllegalStateException("broken");
                },
                Runnable::run,
                Runnable::run,
                sentence -> {},
                () -> changes++);

        assertThatThrownBy(() -> warm.warm(Path.of("other.db"))).hasMessage("broken");

        assertThat(warm.runningProperty().get()).isFalse();
        assertThat(warm.progressProperty().get()).isEmpty();
    }
}
