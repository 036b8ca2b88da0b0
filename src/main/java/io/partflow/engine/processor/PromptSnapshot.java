package io.partflow.engine.processor;

/// What a rolling prompt has done so far. Counters only grow, except [#tokensAfter()] and [#tokensBefore()], which
/// describe the prompt now.
///
/// @param partsKept parts that stand in the prompt as they came
/// @param partsDropped parts dropped without trace
/// @param partsSummarised parts that a summary stands for
/// @param tokensBefore tokens that everything added so far would take
/// @param tokensAfter tokens the prompt takes now
/// @param sharedPrefixTokens tokens at the front that equal the previous prompt's
public record PromptSnapshot(
        long partsKept,
        long partsDropped,
        long partsSummarised,
        long tokensBefore,
        long tokensAfter,
        long sharedPrefixTokens) {}
