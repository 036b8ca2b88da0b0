package io.partflow.ui.tune.sample;

import io.partflow.engine.insight.InsightSnapshot;
import io.partflow.engine.insight.history.PriceTable;
import io.partflow.engine.insight.why.MissExplanation;
import java.util.Optional;

/// Knows what the history of the caches says. Thread-safe.
public interface TuneSource {
    /// The last snapshot; never waits.
    InsightSnapshot latest();

    /// Of how many runs the snapshots tell, the present one among them; never waits.
    int runs();

    /// Forgets what happened so far, as another pipeline is shown: there is nothing to tell until that is run. Never
    /// waits.
    void forget();

    /// In what a request differs from the nearest earlier one; empty when either is forgotten or there is none. May
    /// wait: not for the FX thread.
    Optional<MissExplanation.Detail> detail(MissExplanation miss);

    /// What time, tokens and storage cost, from now on. May wait: not for the FX thread.
    void price(PriceTable prices);
}
