package io.partflow.engine.insight.why;

import io.partflow.engine.cache.KeyFunction.TextNormalisation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Texts made alike in every way, as hashes. Stateless.
final class Normalised {
    // What is longer is hashed as it is: two such texts that differ in their spaces alone are rare.
    private static final int MOST_CHARACTERS = 1 << 16;
    private static final TextNormalisation[] STEPS = TextNormalisation.values();

    private Normalised() {}

    /// A hash for every set of steps, at the place whose bits are the steps' ordinals; at 0 that of the text itself.
    ///
    /// Steps of a set are taken in their own order; what a key takes in another order is hardly ever another text.
    static List<Long> hashes(String text) {
        int sets = 1 << STEPS.length;
        Long own = PartPrint.hash(text);
        if (text.length() > MOST_CHARACTERS) {
            return Collections.nCopies(sets, own);
        }
        String[] alike = new String[sets];
        Long[] hashes = new Long[sets];
        alike[0] = text;
        hashes[0] = own;
        for (int set = 1; set < sets; set++) {
            int last = Integer.highestOneBit(set);
            int before = set ^ last;
            int first = Integer.lowestOneBit(set);
            if (first != set && alike[first].equals(text)) {
                // A first step that changes nothing needs not be followed by the others once more.
                alike[set] = alike[set ^ first];
                hashes[set] = hashes[set ^ first];
                continue;
            }
            alike[set] = STEPS[Integer.numberOfTrailingZeros(last)].apply(alike[before]);
            hashes[set] = alike[set].equals(alike[before]) ? hashes[before] : PartPrint.hash(alike[set]);
        }
        return Arrays.asList(hashes);
    }
}
