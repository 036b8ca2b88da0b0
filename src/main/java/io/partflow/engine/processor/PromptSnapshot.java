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
        List<PromptStep> steps,
        long stepsSeen) {
    public PromptSnapshot {
        steps = List.copyOf(steps);
    }

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
