package io.partflow.engine.cache;

import io.partflow.engine.content.ContentHash;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorEntry;

/// The prefix of a node's cache keys: processor, version and configuration, so that an edited parameter is another
/// namespace. Thread-safe.
public final class CacheNamespace {
    private static final int HASH_DIGITS = 16;

    private CacheNamespace() {}

    /// `pf1:`, id, `@`, version, `:`, the first 16 hex digits of the XXH128 of id, `@`, version and the
    /// canonical JSON of the parameters that belong to the key ([ProcessorEntry#keyForm()]), `:`. The prefix of
    /// the settings replaces it where there is one. The user's prefix stands before either.
    public static String prefix(ProcessorEntry entry, Params params, CacheSettings settings) {
        String user = settings.behaviour().userPrefix();
        String own = settings.prefix();
        if (own != null) {
            return user + own;
        }
        ProcessorDescriptor descriptor = entry.descriptor();
        String name = descriptor.id() + "@" + descriptor.version();
        String configuration = entry.keyForm().of(params).toCanonicalJson();
        return user + "pf1:" + name + ":"
                + ContentHash.ofText(name + configuration).hex().substring(0, HASH_DIGITS) + ":";
    }
}
