package io.partflow.ui.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessagesTest {

    @Test
    void text_knownKey_itsWords() {
        assertEquals("JOINED", Messages.text("badge.joined"));
        assertEquals("JOINED", Messages.bundle().getString("badge.joined"));
    }

    @Test
    void text_unknownKey_refused() {
        assertThrows(IllegalArgumentException.class, () -> Messages.text("no.such.key"));
        assertEquals("word", Messages.textOr("no.such.key", "word"));
    }

    @ParameterizedTest
    @EnumSource(Badge.class)
    void badge_each_hasWords(Badge badge) {
        Messages.text("badge." + badge.styleClass());
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain,TEXT",
        "image/png,IMAGE",
        "audio/wav,AUDIO",
        "video/mp4,VIDEO",
        "application/json,JSON",
        "application/ld+json,JSON",
        "*/*,ANY",
        "application/pdf,ANY"
    })
    void portGlyph_mimeType_itsKind(String mimeType, PortGlyph expected) {
        assertEquals(expected, PortGlyph.ofMimeType(mimeType));
    }
}
