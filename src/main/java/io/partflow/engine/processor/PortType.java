package io.partflow.engine.processor;

import io.partflow.engine.content.MimeType;
import io.partflow.engine.content.Part;
import java.util.Set;

/// What a port carries, told by MIME type. A port has a set of these; [#ANY] admits every part.
public enum PortType {
    TEXT("text", 'T'),
    IMAGE("image", 'I'),
    AUDIO("audio", 'A'),
    VIDEO("video", 'V'),
    JSON("json", 'J'),
    ANY("any", '*');

    private final String id;
    private final char letter;

    PortType(String id, char letter) {
        this.id = id;
        this.letter = letter;
    }

    /// The name used in descriptors and listings.
    public String id() {
        return id;
    }

    /// The single letter shown on a port.
    public char letter() {
        return letter;
    }

    /// Whether a part may travel through a port of this type. JSON counts as text too, because it is written as text.
    public boolean admits(Part part) {
        String mime = part.mimeType();
        return switch (this) {
            case TEXT -> MimeType.isText(mime);
            case IMAGE -> MimeType.isImage(mime);
            case AUDIO -> MimeType.isAudio(mime);
            case VIDEO -> MimeType.isVideo(mime);
            case JSON -> MimeType.isJson(mime);
            case ANY -> true;
        };
    }

    /// Whether any type of a set admits the part.
    public static boolean anyAdmits(Set<PortType> types, Part part) {
        for (PortType type : types) {
            if (type.admits(part)) {
                return true;
            }
        }
        return false;
    }

    /// Whether a wire from a port with the first set of types to one with the second can ever carry a part.
    public static boolean compatible(Set<PortType> from, Set<PortType> to) {
        if (from.contains(ANY) || to.contains(ANY)) {
            return true;
        }
        for (PortType type : from) {
            if (to.contains(type) || (type == JSON && to.contains(TEXT)) || (type == TEXT && to.contains(JSON))) {
                return true;
            }
        }
        return false;
    }
}
