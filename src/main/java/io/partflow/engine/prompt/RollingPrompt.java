package io.partflow.engine.prompt;

import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.prompt.HistoryPolicy.Step;
import io.partflow.engine.stream.StreamClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A conversation that is added to for ever and stays short, as its policy says.
///
/// It is one prompt after the other: parts are added to the present one, [#pending()] streams it to whoever answers
/// it, [#finish()] ends it, and the next one begins with what the policy leaves of the history. Whoever does not need
/// turns just adds and reads [#parts()].
///
/// [#snapshot()] tells what was kept, dropped and summarised, and how much of the previous prompt's front is still
/// there (what a provider's prefix cache would reuse). Confined to one thread; the streams it hands out are for any.
/// An addition takes time in proportion to what the policy changes, constant when amortised for the policies here.
public final class RollingPrompt {
    private static final double NANOS = 1e9;

    /// The most parts that wait in the stash; beyond, the oldest of them is dropped.
    public static final int MOST_STASHED = HistoryPolicy.MOST_PARTS;

    private final HistoryPolicy policy;
    private final TokenCounter tokens;
    private final @Nullable StreamClock clock;
    private final Step step;
    private final int mostParts;
    private final PromptHistory history;
    private final ArrayDeque<Part> stash = new ArrayDeque<>();
    private long stashDropped;
    private @Nullable PendingPrompt pending;
    private @Nullable StepLog log;

    /// A prompt that leaves capture times as they come.
    public RollingPrompt(HistoryPolicy policy, TokenCounter tokens) {
        this(policy, tokens, null);
    }

    /// A prompt that notes on each part when it was captured: `capture_time`, seconds of the clock's monotonic
    /// reading, unless the part has one.
    ///
    /// @param clock what stamps, or null to stamp nothing
    public RollingPrompt(HistoryPolicy policy, TokenCounter tokens, @Nullable StreamClock clock) {
        this.policy = policy;
        this.tokens = tokens;
        this.clock = clock;
        step = policy.step();
        mostParts = policy.mostParts();
        history = new PromptHistory(tokens);
    }

    /// Adds a part at the end; a policy of each part works then.
    public void add(Part part) {
        // Counted before it is stamped: the counter knows parts by identity.
        add(part, tokens.count(part));
    }

    /// Adds a part whose tokens are counted already.
    ///
    /// @param partTokens at least 0
    public void add(Part part, long partTokens) {
        Part stamped = clock == null ? part : stamped(part, clock);
        if (step == Step.PART) {
            history.beginStep();
        }
        history.add(stamped, partTokens);
        PendingPrompt stream = pending;
        if (stream != null) {
            stream.add(stamped);
        }
        StepLog noted = log;
        if (noted != null) {
            noted.added();
            noted.begin();
        }
        if (history.keptParts() > mostParts) {
            history.dropOldest(1);
        }
        if (step == Step.PART) {
            policy.trim(history);
        }
        if (noted != null) {
            noted.end();
        }
    }

    /// Notes from now on each time that the policy changes the prompt, for [#snapshot()]; the last 64 of them. Then a
    /// summary is weighed when it is made, and not only when somebody asks.
    public void noteSteps() {
        if (log == null) {
            log = new StepLog(history);
        }
    }

    private static Part stamped(Part part, StreamClock stamping) {
        return part.metadata().has(Part.CAPTURE_TIME)
                ? part
                : part.withMetadata(Part.CAPTURE_TIME, JsonValue.of(stamping.nanos() / NANOS));
    }

    /// Keeps a part back, such as one that arrives while an answer is under way.
    public void stash(Part part) {
        stash.addLast(part);
        if (stash.size() > MOST_STASHED) {
            stash.removeFirst();
            stashDropped++;
        }
    }

    /// Adds all parts that were kept back, in their order.
    public void applyStash() {
        List<Part> waiting = new ArrayList<>(stash);
        stash.clear();
        waiting.forEach(this::add);
    }

    /// The present prompt as a stream: what stands, then each part as it is added, up to [#finish()].
    ///
    /// There is one stream for each prompt: all who ask before it is finished share it and compete for its parts.
    public PendingPrompt pending() {
        PendingPrompt stream = pending;
        if (stream == null) {
            stream = new PendingPrompt();
            history.parts().forEach(stream::add);
            pending = stream;
        }
        return stream;
    }

    /// Ends the present prompt and begins the next one with what the policy leaves.
    public void finish() {
        PendingPrompt stream = pending;
        if (stream != null) {
            stream.end();
            pending = null;
        }
        if (step == Step.PROMPT) {
            history.beginStep();
            StepLog noted = log;
            if (noted != null) {
                noted.begin();
            }
            policy.trim(history);
            if (noted != null) {
                noted.end();
            }
        }
    }

    /// The prompt now: summaries first, then the parts that stand as they came. A copy.
    public List<Part> parts() {
        return history.parts();
    }

    /// What has been done so far, and what the prompt weighs now.
    public PromptSnapshot snapshot() {
        PromptSnapshot now = history.snapshot();
        StepLog noted = log;
        return stashDropped == 0 && noted == null
                ? now
                : new PromptSnapshot(
                        now.partsKept(),
                        now.partsDropped() + stashDropped,
                        now.partsSummarised(),
                        now.tokensBefore(),
                        now.tokensAfter(),
                        now.sharedPrefixTokens(),
                        noted == null ? List.of() : noted.steps(),
                        noted == null ? 0 : noted.seen());
    }
}
