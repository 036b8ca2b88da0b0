package io.partflow.ui.tune.curve;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.insight.WatchedCache;
import io.partflow.engine.insight.curve.MissRatioCurve;
import io.partflow.engine.insight.curve.MissRatioCurve.Method;
import io.partflow.engine.insight.curve.MissRatioCurve.Unit;
import io.partflow.pipeline.edit.SetCache;
import io.partflow.ui.tune.TuneBench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CurveViewModelTest {
    private final TuneBench bench = new TuneBench(WatchedCache.lru(4));
    private final CurveViewModel model = new CurveViewModel(bench.feed);

    @AfterEach
    void close() {
        bench.close();
    }

    /// Eight questions in turn: a cache of eight entries serves all but the first round, a smaller one nothing.
    private void askInTurn(int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (int question = 0; question < 8; question++) {
                bench.cache.ask("question " + question);
            }
        }
        bench.sample();
    }

    @Test
    void picture_beforeAnyRequest_isEmptyAndSaysSo() {
        assertThat(model.pictureProperty().get().isEmpty()).isTrue();
        assertThat(model.applyTextProperty().get()).isEmpty();
        assertThat(model.sentence()).isEqualTo("Nothing was asked of a cache yet.");
    }

    @Test
    void picture_ofALoop_hasTheKneeAtItsLengthAndTheLimitBelow() {
        askInTurn(5);

        CurvePicture picture = model.pictureProperty().get();
        assertThat(picture.knee()).isEqualTo(8);
        assertThat(picture.limit()).isEqualTo(4);
        assertThat(picture.hitRatio()).hasValue(0);
        assertThat(picture.lines())
                .extracting(CurveLine::kind)
                .containsExactly(
                        CurveLine.Kind.LRU, CurveLine.Kind.TINYLFU, CurveLine.Kind.FIFO, CurveLine.Kind.OPTIMUM);
        assertThat(picture.lines().getFirst().reading(8)).isEqualTo("80.0 %");
        assertThat(picture.lines().getFirst().reading(7)).isEqualTo("0.0 %");
        assertThat(model.sentence()).contains("8 entries").contains("LRU: 80.0 %");
    }

    @Test
    void tiles_nameTheOptimumAsTheBestOfAnyPolicy() {
        askInTurn(5);

        assertThat(model.tilesProperty().get())
                .extracting(CurveViewModel.Tile::beside)
                .contains("measured", "best possible");
    }

    @Test
    void curve_whileMoreIsAsked_moves() {
        askInTurn(2);
        String before = model.pictureProperty().get().lines().getFirst().reading(8);
        askInTurn(8);

        assertThat(before).isEqualTo("50.0 %");
        assertThat(model.pictureProperty().get().lines().getFirst().reading(8)).isEqualTo("90.0 %");
    }

    @Test
    void apply_withTheKneeProposed_setsTheLimitOnceAndHasNothingMoreToDo() {
        askInTurn(5);
        assertThat(model.applyTextProperty().get()).isEqualTo("Set the limit to 8 entries");

        model.apply();
        model.apply();

        assertThat(bench.edits)
                .containsExactly(
                        new SetCache(WatchedCache.NODE, WatchedCache.lru(4).withMaxItems(8L)));
        assertThat(model.pictureProperty().get().limit()).isEqualTo(8);
        assertThat(model.applyTextProperty().get()).isEmpty();
    }

    @Test
    void apply_withASizeInBytesChosen_setsTheByteLimit() {
        askInTurn(5);
        model.unitProperty().set(Unit.BYTES);
        model.candidateProperty().set(4_096);

        model.apply();

        assertThat(bench.settings.maxBytes()).isEqualTo(4_096);
        assertThat(bench.settings.maxItems()).isEqualTo(4);
    }

    @Test
    void curvesInBytes_areThereForEveryPolicyButTheOptimum() {
        askInTurn(5);
        model.unitProperty().set(Unit.BYTES);

        assertThat(model.pictureProperty().get().lines())
                .extracting(CurveLine::kind)
                .containsExactly(CurveLine.Kind.LRU, CurveLine.Kind.TINYLFU, CurveLine.Kind.FIFO);
        assertThat(model.pictureProperty().get().lines().getLast().reading(Long.MAX_VALUE))
                .isEqualTo("80.0 %");
    }

    @Test
    void unit_changed_forgetsWhatWasChosenInTheOther() {
        askInTurn(5);
        model.candidateProperty().set(6);
        model.unitProperty().set(Unit.BYTES);

        assertThat(model.candidateProperty().get()).isZero();
        assertThat(model.pictureProperty().get().unit()).isEqualTo(Unit.BYTES);
    }

    @Test
    void cursor_movedByKeys_staysOnTheAxisAndAlwaysMoves() {
        askInTurn(5);
        long limit = 4;
        model.moveCursor(0.01);
        assertThat(model.cursorProperty().get()).isGreaterThan(limit);
        for (int i = 0; i < 500; i++) {
            model.moveCursor(0.1);
        }
        assertThat(model.cursorProperty().get())
                .isEqualTo(model.pictureProperty().get().mostSize());
        for (int i = 0; i < 500; i++) {
            model.moveCursor(-0.1);
        }
        assertThat(model.cursorProperty().get()).isEqualTo(1);
    }

    @Test
    void place_ofASize_isTheInverseOfTheSizeAtAPlace() {
        CurvePicture picture = CurvePicture.EMPTY;
        for (long size : new long[] {1, 2, 30, 400, 1_000}) {
            assertThat(picture.sizeAt(picture.place(size))).isEqualTo(size);
        }
        assertThat(picture.place(1)).isZero();
        assertThat(picture.place(1_000)).isEqualTo(1);
    }

    @Test
    void line_ofASample_isMarkedAsEstimateBeyondWhatIsExact() {
        CurveLine line = new CurveLine(
                CurveLine.Kind.LRU,
                MissRatioCurve.of(
                        Unit.ITEMS,
                        Method.ESTIMATE,
                        1_000_000,
                        8_192,
                        new long[] {100, 20_000},
                        new double[] {0.4, 0.712},
                        new double[] {0, 0.013}));

        assertThat(line.label()).isEqualTo("LRU, estimate");
        assertThat(line.reading(100)).isEqualTo("40.0 %");
        assertThat(line.reading(20_000)).isEqualTo("71.2 % \u00b11.3 estimated");
    }

    @Test
    void rows_ofTheTable_holdTheLimitAmongEqualSteps() {
        askInTurn(5);
        assertThat(model.rows()).extracting(CurveViewModel.Row::size).contains(4L, 8L);
        assertThat(model.rows()).allSatisfy(row -> assertThat(row.readings()).hasSize(4));
    }
}
