package io.partflow.engine.cache;

class MemoryTierContractTest extends CacheTierContractTest {
    @Override
    CacheTier make(CacheTier.Limits limits) {
        return new MemoryTier(clock, limits, listener);
    }
}
