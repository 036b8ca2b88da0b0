package io.partflow.engine.processor;

import java.util.Set;

/// One input or output of a processor: its name, the types it carries, and whether it must be wired.
///
/// @param name unique among the inputs or among the outputs of a processor; `in` and `out` by custom
/// @param types not empty
/// @param presence whether the pipeline is incomplete without a wire here
public record PortSpec(String name, Set<PortType> types, Presence presence) {
    /// Whether something must be there.
    public enum Presence {
        REQUIRED,
        OPTIONAL
    }

    public PortSpec {
        types = Set.copyOf(types);
        if (types.isEmpty()) {
            throw new IllegalArgumentException("port \"" + name + "\" has no type");
        }
    }

    /// A port that must be wired.
    public static PortSpec required(String name, PortType... types) {
        return new PortSpec(name, Set.of(types), Presence.REQUIRED);
    }

    /// A port that may stay open.
    public static PortSpec optional(String name, PortType... types) {
        return new PortSpec(name, Set.of(types), Presence.OPTIONAL);
    }

    /// The type to draw the port with: the only one, else [PortType#ANY].
    public PortType mainType() {
        return types.size() == 1 ? types.iterator().next() : PortType.ANY;
    }
}
