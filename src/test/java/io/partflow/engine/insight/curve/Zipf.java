package io.partflow.engine.insight.curve;

import java.util.Arrays;
import java.util.Random;

/// Numbers of which a few are frequent and most are rare, from a seed.
public final class Zipf {
    private final double[] cumulative;
    private final Random random;

    public Zipf(int keys, double exponent, long seed) {
        cumulative = new double[keys];
        double sum = 0;
        for (int i = 0; i < keys; i++) {
            sum += 1 / Math.pow(i + 1, exponent);
            cumulative[i] = sum;
        }
        random = new Random(seed);
    }

    public int next() {
        double at = random.nextDouble() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, at);
        return found >= 0 ? found : -found - 1;
    }
}
