package io.partflow.engine.processor;

import java.util.List;

/// What a rolling prompt has done so far. Counters only grow, except [#tokensAfter()] and [#tokensBefore()], which
/// describe the prompt now.
///
/// @param partsKept parts that stand in the prompt as they came
/// @param partsDropped parts dropped without trace
/// @param partsSummarised parts that a summary stands for
/// @param tokensBefore tokens that everything added so far would take
/// @param tokensAfter tokens the prompt takes now
/// @param sharedPrefixTokens tokens at the front that equal the previous prompt's
/// @param steps the last times that the policy changed the prompt, oldest first; empty where nobody notes them
/// @param stepsSeen how many such times there were
public record PromptSnapshot(
        long partsKept,
        long partsDropped,
        long partsSummarised,
        long tokensBefore,
        long tokensAfter,
        long sharedPrefixTokens,
        List<Step> steps,
        long stepsSeen) {
    public PromptSnapshot {
        steps = List.copyOf(steps);
    }

    /// One time that a history policy changed a prompt.
    ///
    /// @param afterPart how many parts had been added by then
    /// @param partsKept parts that stood as they came behind it
    /// @param partsDropped parts that it dropped without trace
    /// @param partsSummarised parts that it put a summary in the place of
    /// @param tokensBefore tokens that the prompt took before it
    /// @param tokensAfter tokens that the prompt took behind it
    /// @param sharedPrefixTokens tokens at the front that equal the prompt before: what a provider's prefix
    /// cache would reuse
    public record Step(
            long afterPart,
            long partsKept,
            long partsDropped,
            long partsSummarised,
            long tokensBefore,
            long tokensAfter,
            long sharedPrefixTokens) {}

    /// A state without the steps that led to it.
    public PromptSnapshot(
            long partsKept,
            long partsDropped,
            long partsSummarised,
            long tokensBefore,
            long tokensAfter,
            long sharedPrefixTokens) {
        this(partsKept, partsDropped, partsSummarised, tokensBefore, tokensAfter, sharedPrefixTokens, List.of(), 0);
    }
}
