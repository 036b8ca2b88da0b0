package io.partflow.engine.processor;

/// What a call spent: tokens in, tokens out, and money in millionths of a US dollar. All at least 0.
public record Usage(long tokensIn, long tokensOut, long costMicroUsd) {
    public static final Usage NONE = new Usage(0, 0, 0);

    public Usage {
        if (tokensIn < 0 || tokensOut < 0 || costMicroUsd < 0) {
            throw new IllegalArgumentException(
                    "usage is " + tokensIn + ", " + tokensOut + ", " + costMicroUsd + "; none may be negative");
        }
    }

    public Usage plus(Usage other) {
        return new Usage(tokensIn + other.tokensIn, tokensOut + other.tokensOut, costMicroUsd + other.costMicroUsd);
    }
}
