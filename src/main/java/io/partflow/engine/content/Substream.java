package io.partflow.engine.content;

import java.util.List;

/// Names of substreams: lanes inside one stream, told apart by a part's [Part#substream].
///
/// Parts on a reserved substream bypass all later stages and go straight to the output. Reserved are `debug`, `status`
/// and `ui`, and every name that starts with one of them (case counts).
public final class Substream {
    /// The lane of ordinary parts.
    public static final String DEFAULT = "";

    public static final String DEBUG = "debug";
    public static final String STATUS = "status";
    public static final String UI = "ui";

    private static final List<String> RESERVED = List.of(DEBUG, STATUS, UI);

    private Substream() {}

    /// The reserved names; a name that starts with one of them is reserved too.
    public static List<String> reservedNames() {
        return RESERVED;
    }

    public static boolean isReserved(String substream) {
        return !substream.isEmpty()
                && (substream.startsWith(DEBUG) || substream.startsWith(STATUS) || substream.startsWith(UI));
    }
}
