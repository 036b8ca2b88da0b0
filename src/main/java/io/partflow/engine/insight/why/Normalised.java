package io.partflow.engine.insight.why;

import io.partflow.engine.cache.KeyFunction.TextNormalisation;
import java.util.List;
import java.util.stream.Stream;

/// Texts after each way of making texts alike, as hashes. Stateless.
final class Normalised {
    // What is longer is hashed as it is: two such texts that differ in their spaces alone are rare.
    private static final int MOST_CHARACTERS = 1 << 16;

    private Normalised() {}

    static List<Long> hashes(String text) {
        if (text.length() > MOST_CHARACTERS) {
            long own = PartPrint.hash(text);
            return Stream.of(TextNormalisation.values()).map(each -> own).toList();
        }
        return Stream.of(TextNormalisation.values())
                .map(each -> PartPrint.hash(each.apply(text)))
                .toList();
    }
}
