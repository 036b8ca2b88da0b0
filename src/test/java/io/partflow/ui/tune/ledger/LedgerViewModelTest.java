package io.partflow.ui.tune.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.partflow.engine.insight.WatchedCache;
import io.partflow.engine.insight.history.PriceTable;
import io.partflow.pipeline.Problem;
import io.partflow.ui.tune.TuneBench;
import io.partflow.ui.tune.ledger.LedgerViewModel.Price;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerViewModelTest {
    private final TuneBench bench = new TuneBench(WatchedCache.lru(2));
    private final List<PriceTable> kept = new ArrayList<>();
    private final LedgerViewModel model = new LedgerViewModel(bench.feed, kept::add);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        bench.close();
    }

    private List<String> cells(String name) {
        return model.pictureProperty().get().savings().stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow()
                .cells();
    }

    @Test
    void savings_ofHits_areThoseOfTheMissTheyCameFrom() {
        bench.cache.computeMillis = 500;
        bench.cache.ask("one");
        bench.cache.ask("one");
        bench.cache.ask("one");
        bench.sample();

        assertThat(cells("Measured")).startsWith("2", "1.0 s", "60");
        assertThat(cells("Spent")).startsWith("1", "500 ms", "30");
        assertThat(cells("Estimated")).startsWith("0", "-");
        assertThat(cells("Lookups, puts")).startsWith("1");
    }

    @Test
    void hitRatios_afterEachRequest_areShown_theLastThousand() {
        assertThat(model.pictureProperty().get().hitRatios()).isEmpty();
        for (String text : List.of("one", "one", "two", "one")) {
            bench.cache.ask(text);
        }
        bench.sample();
        assertThat(model.pictureProperty().get().hitRatios()).containsExactly(0.0, 0.5, 1 / 3.0, 0.5);
        for (int i = 0; i < 1_500; i++) {
            bench.cache.ask("one");
        }
        bench.sample();
        assertThat(model.pictureProperty().get().hitRatios()).hasSize(1_000).endsWith(1_502 / 1_504.0);
    }

    @Test
    void price_typed_isToldKeptAndUsedFromThenOn() {
        bench.cache.computeMillis = 3_600_000;
        bench.cache.ask("one");
        bench.sample();

        assertThat(model.setPrice(Price.COMPUTE_HOUR, "2.50")).isEmpty();
        bench.cache.ask("one");
        bench.sample();

        assertThat(bench.prices.computeUsdPerHour()).isEqualTo(2.5);
        assertThat(kept).containsExactly(bench.prices);
        assertThat(cells("Measured").get(3)).isEqualTo("$2.50");
    }

    @Test
    void price_thatIsNone_isRefusedAndChangesNothing() {
        for (String wrong : List.of("cheap", "-1", "NaN", "1e999")) {
            assertThat(model.setPrice(Price.GIB_HOUR, wrong)).as(wrong).startsWith("A price is");
        }
        assertThat(kept).isEmpty();
    }

    @Test
    void price_ofTokens_isThatOfTheProcessorAlone() {
        bench.cache.ask("one");
        bench.sample();
        assertThat(model.setPrice(Price.TOKENS_IN, "3")).isEmpty();
        assertThat(model.setPrice(Price.TOKENS_OUT, "15")).isEmpty();

        assertThat(bench.prices.processors())
                .containsExactly(java.util.Map.entry("test.node", new PriceTable.TokenPrice(3, 15)));
        assertThat(model.price(Price.TOKENS_IN)).isEqualTo(3);
    }

    @Test
    void prices_kept_areThereTheNextTime() {
        PriceFile file = new PriceFile(
                folder.resolve("new/prices.json"), Runnable::run, Runnable::run, problem -> fail(problem.message()));
        List<PriceTable> read = new ArrayList<>();
        file.read(read::add);
        assertThat(read).isEmpty();
        PriceTable table = new PriceTable(java.util.Map.of("m", new PriceTable.TokenPrice(1, 2)), 3, 4);

        file.write(table);
        file.read(read::add);

        assertThat(read).containsExactly(table);
    }

    @Test
    void pricesThatCannotBeRead_areToldAndLaidAside_neverWrittenOver() throws IOException {
        Path prices = Files.writeString(folder.resolve("prices.json"), "{half");
        List<Problem> told = new ArrayList<>();
        PriceFile file = new PriceFile(prices, Runnable::run, Runnable::run, told::add);

        file.read(table -> fail("there is none"));
        file.write(new PriceTable(java.util.Map.of(), 3, 4));

        assertThat(told).extracting(Problem::code).containsExactly("PRICES_UNREADABLE");
        assertThat(folder.resolve("prices.json.unreadable")).hasContent("{half");
        assertThat(prices).content().contains("3");
    }

    @Test
    void pricesThatCannotBeWritten_areTold() throws IOException {
        Path noFolder = Files.writeString(folder.resolve("file"), "in the way");
        List<Problem> told = new ArrayList<>();

        new PriceFile(noFolder.resolve("prices.json"), Runnable::run, Runnable::run, told::add)
                .write(new PriceTable(java.util.Map.of(), 3, 4));

        assertThat(told).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("PRICES_NOT_KEPT");
            assertThat(problem.message()).contains("prices.json");
        });
    }

    @Test
    void regrets_ofEvictionsAskedForAgain_areCountedAndListed() {
        for (int round = 0; round < 3; round++) {
            bench.cache.ask("one");
            bench.cache.ask("two");
            bench.cache.ask("three");
            bench.cache.clock.advanceMillis(1_000);
        }
        bench.sample();

        assertThat(model.pictureProperty().get().regretted()).startsWith("6 evictions asked for again");
        assertThat(model.pictureProperty().get().regrets()).hasSize(6);
        assertThat(model.pictureProperty().get().analytics())
                .contains(new LedgerViewModel.Line("Evictions", List.of("7 by size")));
    }

    @Test
    void latencies_withoutTimedHits_areUnknownAndNotZero() {
        bench.cache.ask("one");
        bench.sample();

        assertThat(model.pictureProperty().get().latencies().getFirst().cells()).contains("-");
    }
}
