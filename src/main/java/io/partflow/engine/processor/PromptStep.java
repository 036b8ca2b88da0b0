package io.partflow.engine.processor;

/// One time that a history policy changed a prompt. Immutable.
///
/// @param afterPart how many parts had been added by then
/// @param partsKept parts that stood as they came behind it
/// @param partsDropped parts that it dropped without trace
/// @param partsSummarised parts that it put a summary in the place of
/// @param tokensBefore tokens that the prompt took before it
/// @param tokensAfter tokens that the prompt took behind it
/// @param sharedPrefixTokens tokens at the front that equal the prompt before: what a provider's prefix cache would
///     reuse
public record PromptStep(
        long afterPart,
        long partsKept,
        long partsDropped,
        long partsSummarised,
        long tokensBefore,
        long tokensAfter,
        long sharedPrefixTokens) {}
