package io.partflow.engine.cache.sqlite;

/// What has become of a write.
public enum Durability {
    /// It is committed: it survives the end of the process, however that comes.
    DURABLE,
    /// It is not in the store; the store's problems say why.
    LOST
}
