package io.partflow.engine.cache;

class LruTierContractTest extends CacheTierContractTest {
    @Override
    CacheTier make(CacheTier.Limits limits) {
        return new LruTier(clock, limits, listener);
    }
}
