package io.partflow.engine.content;

import java.util.LinkedHashSet;
import java.util.List;

/// Names of substreams: lanes inside one stream, told apart by a part's [Part#substream].
///
/// Parts on a reserved substream bypass all later stages and go straight to the output; [Reserved] says which are.
public final class Substream {
    /// The lane of ordinary parts.
    public static final String DEFAULT = "";

    public static final String DEBUG = "debug";
    public static final String STATUS = "status";
    public static final String UI = "ui";

    private Substream() {}

    /// The names of those substreams whose parts bypass all later stages; a name that starts with one of them is
    /// reserved too (case counts). Immutable.
    ///
    /// @param names none blank; no name twice; empty where nothing is reserved
    public record Reserved(List<String> names) {
        /// `debug`, `status` and `ui`.
        public static final Reserved USUAL = new Reserved(List.of(DEBUG, STATUS, UI));

        public Reserved {
            if (names.stream().anyMatch(String::isBlank)) {
                throw new IllegalArgumentException("a reserved substream needs a name; every name starts with none");
            }
            names = List.copyOf(new LinkedHashSet<>(names));
        }

        /// Whether the part bypasses later stages.
        public boolean holds(Part part) {
            return holds(part.substream());
        }

        /// Whether parts of that substream bypass later stages.
        public boolean holds(String substream) {
            if (substream.isEmpty()) {
                return false;
            }
            for (String name : names) {
                if (substream.startsWith(name)) {
                    return true;
                }
            }
            return false;
        }
    }
}
