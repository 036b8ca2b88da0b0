package io.partflow.engine.prompt;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PromptSnapshot;
import java.util.List;

/// A conversation that is added to for ever and stays short, as its policy says.
///
/// Each added part makes a new prompt; [#snapshot()] tells what that step kept, dropped and summarised, and how
/// much of the previous prompt's
/// front is still there (what a provider's prefix cache would reuse). Confined to one thread. An addition takes
/// time in proportion to what the
/// policy changes, constant when amortised for the policies here.
public final class RollingPrompt {
    private final HistoryPolicy policy;
    private final TokenCounter tokens;
    private final PromptHistory history;

    public RollingPrompt(HistoryPolicy policy, TokenCounter tokens) {
        this.policy = policy;
        this.tokens = tokens;
        history = new PromptHistory(tokens);
    }

    /// Adds a part at the end, then lets the policy work.
    public void add(Part part) {
        add(part, tokens.count(part));
    }

    /// Adds a part whose tokens are counted already.
    ///
    /// @param partTokens at least 0
    public void add(Part part, long partTokens) {
        history.add(part, partTokens);
        if (history.keptParts() > policy.mostParts()) {
            history.dropOldest(1);
        }
        policy.trim(history);
    }

    /// The prompt now: summaries first, then the parts that stand as they came. A copy.
    public List<Part> parts() {
        return history.parts();
    }

    /// What has been done so far, and what the prompt weighs now.
    public PromptSnapshot snapshot() {
        return history.snapshot();
    }
}
