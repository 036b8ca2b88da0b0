package io.partflow.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartTest {
    private static final byte[] PNG = {1, 2, 3, 4, 5};

    @Test
    void textPart_reportsPlainText() {
        Part part = Part.text("hi", "user");

        assertTrue(part.isText());
        assertEquals("text/plain", part.mimeType());
        assertEquals("user", part.role());
        assertEquals("hi", part.text());
        assertEquals("text/plain", part.withMimeType("").mimeType());
    }

    @Test
    void blobPart_ofATextType_staysABlobAndReadsAsText() {
        Part part = Part.blob("hé".getBytes(StandardCharsets.UTF_8), "text/csv");

        assertTrue(part.body() instanceof BlobBody);
        assertEquals("hé", part.text());
        assertNotEquals(Part.decode(part.bytes(), "text/csv"), part);
        assertEquals(Part.text("hé").withMimeType("text/csv"), Part.decode(part.bytes(), "text/csv"));
    }

    @Test
    void text_ofAnImage_isRefusedNamingTheType() {
        Part part = Part.blob(PNG, "image/png");

        IllegalStateException refused = assertThrows(IllegalStateException.class, part::text);

        assertTrue(String.valueOf(refused.getMessage()).contains("image/png"));
    }

    @Test
    void bytesThatAreNotUtf8_asText_areRefused() {
        Bytes bad = Bytes.of(new byte[] {(byte) 0xff});

        assertThrows(IllegalArgumentException.class, () -> Part.decode(bad, "text/plain"));
        assertThrows(
                IllegalStateException.class, () -> Part.blob(bad, "text/plain").text());
    }

    @Test
    void bytes_ofText_areUtf8() {
        assertEquals(
                Bytes.of("né".getBytes(StandardCharsets.UTF_8)), Part.text("né").bytes());
    }

    @Test
    void change_ofOneValue_leavesTheOthersAndTheOldPart() {
        Part old = Part.blob(PNG, "image/png").withRole("user").withMetadata("a", JsonValue.of(1));

        Part changed = old.withRole("model").withSubstream("s").withMimeType("image/gif");

        assertEquals("user", old.role());
        assertSame(old.body(), changed.body());
        assertSame(old.metadata(), changed.metadata());
        assertEquals(
                Part.of(new BlobBody(Bytes.of(PNG), "image/png"), "model", "s", "image/gif", old.metadata()), changed);
        assertEquals("image/gif", changed.withText("t").mimeType());
    }

    @Test
    void parts_withTheSameValues_areEqual() {
        Part one = Part.blob(PNG.clone(), "image/png").withMetadata("a", JsonValue.of(1));
        Part other = Part.blob(PNG.clone(), "image/png").withMetadata("a", JsonValue.of(1));

        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
        assertNotEquals(one, one.withRole("user"));
        assertNotEquals(one, one.withSubstream("s"));
        assertNotEquals(one, one.withMimeType("image/gif"));
        assertNotEquals(one, one.withMetadata(JsonObject.EMPTY));
        assertNotEquals(one, one.withBody(new BlobBody(Bytes.EMPTY, "image/png")));
    }

    @Test
    void sizeBytes_isPayloadOncePlusTwiceTheMetadatasJson() {
        assertEquals(4, Part.text("").sizeBytes());
        assertEquals(5 + 4, Part.text("hello").sizeBytes());
        assertEquals(2 + 3 + 4 + 4, Part.text("é日😀").sizeBytes());
        assertEquals(3 + 4, Part.text("\ud800").sizeBytes());
        assertEquals(5 + 4, Part.blob(PNG, "image/png").sizeBytes());
        assertEquals(
                5 + 2 * "{\"k\": \"\\u00e9\"}".length(),
                Part.blob(PNG, "image/png").withMetadata("k", JsonValue.of("é")).sizeBytes());
        assertEquals(13, Content.of(Part.text("hello"), Part.text("")).sizeBytes());
    }

    @Test
    void endOfTurn_isAnEmptyUserPartThatSaysSo() {
        Part end = Part.endOfTurn();

        assertTrue(end.isEndOfTurn());
        assertEquals("user", end.role());
        assertEquals("", end.text());
        assertEquals("{\"turn_complete\": true}", end.metadata().toJson());
        assertFalse(Part.text("a").isEndOfTurn());
        assertFalse(end.withMetadata(Part.TURN_COMPLETE, JsonValue.of(false)).isEndOfTurn());
        assertTrue(
                Part.text("a").withMetadata(Part.TURN_COMPLETE, JsonValue.of(1)).isEndOfTurn());
    }

    @Test
    void exceptionPart_ofAFailure_liesOnTheStatusLane() {
        Part part = Part.exception(new IllegalStateException("boom"));

        assertTrue(part.isException());
        assertTrue(Substream.Reserved.USUAL.holds(part));
        assertEquals("An unexpected error occurred: IllegalStateException('boom')", part.text());
        assertEquals(JsonValue.of("boom"), part.metadata("original_exception"));
        assertEquals(JsonValue.of("IllegalStateException"), part.metadata("exception_type"));
        assertEquals(null, CanonicalForm.hash(part));
        assertEquals(null, CanonicalForm.hash(List.of(Part.text("a"), part)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"debug", "status", "ui", "statusbar", "uix", "debug:1"})
    void substream_startingWithAReservedName_isReserved(String substream) {
        assertTrue(Substream.Reserved.USUAL.holds(Part.text("a").withSubstream(substream)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Debug", "u", "my-status", "realtime"})
    void substream_ofAnyOtherName_isNot(String substream) {
        assertFalse(Substream.Reserved.USUAL.holds(Part.text("a").withSubstream(substream)));
    }

    @Test
    void toString_neverShowsThePayload() {
        Part part = Part.text("secret words", "user").withSubstream("s").withMetadata("token", JsonValue.of("hidden"));

        assertEquals("Part[text/plain, role user, substream s, 1 metadata, 50 bytes]", part.toString());
        assertFalse(part.body().toString().contains("secret"));
        assertFalse(Part.blob(new byte[1000], "image/png").toString().length() > 60);
    }

    @Test
    void content_textOfMixedParts_joinsTheTexts() {
        Content content = Content.of(Part.text("a"), Part.blob(PNG, "image/png"), Part.json("{}"));

        assertEquals("a{}", content.text());
        assertEquals(3, content.size());
    }

    @Test
    void bytes_ofAnArrayChangedLater_stay() {
        byte[] array = {1, 2, 3};
        Bytes bytes = Bytes.of(array);

        array[0] = 9;
        bytes.toArray()[1] = 9;
        byte[] target = new byte[3];
        bytes.copyTo(target);
        target[2] = 9;

        assertEquals(Bytes.of(new byte[] {1, 2, 3}), bytes);
        assertTrue(bytes.asByteBuffer().isReadOnly());
        assertEquals(Bytes.of(new byte[] {2, 3}), bytes.slice(1, 3));
        assertEquals(3, bytes.length());
        assertThrows(IndexOutOfBoundsException.class, () -> bytes.slice(2, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> bytes.byteAt(3));
    }

    @Test
    void bytes_readThroughTheirStream_areTheSame() throws java.io.IOException {
        assertEquals(Bytes.of(PNG), Bytes.of(Bytes.of(PNG).inputStream().readAllBytes()));
        assertSame(Bytes.EMPTY, Bytes.of(new byte[0]));
    }
}
