package io.partflow.engine.content;

import io.partflow.engine.content.ascii.EscapedText;
import io.partflow.engine.content.hash.Xxh128;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// A growing buffer of ASCII bytes with the pieces of JSON text that Python's `json.dumps` writes.
///
/// Borrowed from a small pool that all threads share, confined to the borrower until [#close]. The pool is
/// not per thread because a run has thousands of short-lived virtual threads: each would warm up and drop a
/// buffer of its own. If all are lent out a new one is made; one that has grown beyond [#KEPT_BYTES] is not
/// taken back.
final class AsciiJson implements AutoCloseable {
    // Blobs. Base64 is written in pieces that stay in the first-level cache, through the JDK's encoder, which uses
    // vector instructions but only takes and fills whole arrays: one array for pieces, a smaller one for the rest,
    // and
    // a loop for the last few bytes.

    /// The order in which the fields of a JSON object are written.
    enum FieldOrder {
        /// As inserted: the wire form.
        DECLARED,
        /// By Unicode code point of the name, at every level: the canonical form.
        CODE_POINT
    }

    /// Longest text that is held for a hash; what goes beyond is hashed as it comes, while the caches have it.
    private static final int WINDOW_BYTES = 64 << 10;
    private static final int KEPT_BYTES = 2 << 20;
    private static final int INITIAL_BYTES = 16 << 10;
    private static final int BASE64_PIECE = 6144;
    private static final int BASE64_REST = 384;

    private static final byte[] BASE64 =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.US_ASCII);
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder();

    private static final int SLOTS =
            Integer.highestOneBit(Math.clamp(Runtime.getRuntime().availableProcessors() * 2L, 2, 16));
    private static final AtomicReferenceArray<AsciiJson> POOL = new AtomicReferenceArray<>(SLOTS);

    private byte[] buffer = new byte[INITIAL_BYTES];
    private int position;
    /// How far the buffer may be filled: a hash uses no more than a window of one that grew for something else.
    private int limit = INITIAL_BYTES;
    private boolean hashing;
    private final Xxh128 hash = new Xxh128();
    private final EscapedText escaped = new EscapedText();
    private byte[] base64Source = new byte[0];
    private byte[] base64Target = new byte[0];
    private final byte[] restSource = new byte[BASE64_REST];
    private final byte[] restTarget = new byte[BASE64_REST / 3 * 4];

    private AsciiJson() {}

    /// An empty buffer for a text of which only [#hash] is wanted, once: of long texts it holds no more than a
    /// window.
    static AsciiJson borrowForHash() {
        AsciiJson out = borrow();
        out.hashing = true;
        out.limit = Math.min(out.buffer.length, WINDOW_BYTES);
        return out;
    }

    /// An empty buffer, the caller's until it closes it.
    static AsciiJson borrow() {
        int start = (int) Thread.currentThread().threadId();
        for (int i = 0; i < SLOTS; i++) {
            int slot = (start + i) & (SLOTS - 1);
            AsciiJson free = POOL.getPlain(slot) == null ? null : POOL.getAndSet(slot, null);
            if (free != null) {
                free.position = 0;
                free.hashing = false;
                free.limit = free.buffer.length;
                free.hash.reset();
                return free;
            }
        }
        return new AsciiJson();
    }

    /// Gives the buffer back; its content is lost.
    @Override
    public void close() {
        if (buffer.length > KEPT_BYTES) {
            return;
        }
        int start = (int) Thread.currentThread().threadId();
        for (int i = 0; i < SLOTS; i++) {
            int slot = (start + i) & (SLOTS - 1);
            // Two that give back at once may take the same slot: the one that is overwritten is lost, which harms
            // nobody and is cheaper than a compare-and-set at every key.
            if (POOL.getPlain(slot) == null) {
                POOL.setRelease(slot, this);
                return;
            }
        }
    }

    /// Number of bytes written.
    int length() {
        return position;
    }

    String text() {
        return new String(buffer, 0, position, StandardCharsets.ISO_8859_1);
    }

    byte[] toArray() {
        return Arrays.copyOf(buffer, position);
    }

    /// The hash of all that was written since the buffer was lent; to be asked for once.
    ContentHash hash() {
        hash.finish(buffer, position);
        return new ContentHash(hash.high(), hash.low());
    }

    /// Hashes what is written and keeps the few bytes that must stay.
    private void drain() {
        int consumed = hash.consume(buffer, position);
        position -= consumed;
        System.arraycopy(buffer, consumed, buffer, 0, position);
    }

    /// Writes ASCII bytes as they are.
    void raw(byte[] ascii) {
        reserve(ascii.length);
        System.arraycopy(ascii, 0, buffer, position, ascii.length);
        position += ascii.length;
    }

    void raw(char ascii) {
        reserve(1);
        buffer[position++] = (byte) ascii;
    }

    /// Writes a short ASCII text as it is.
    void raw(String ascii) {
        int count = ascii.length();
        reserve(count);
        for (int i = 0; i < count; i++) {
            buffer[position + i] = (byte) ascii.charAt(i);
        }
        position += count;
    }

    /// Writes a string with its quotes, everything outside 0x20 to 0x7E escaped.
    void string(String text) {
        int count = text.length();
        if (count <= EscapedText.PIECE_CHARS) {
            reserve(EscapedText.roomFor(count) + 2L);
            byte[] out = buffer;
            out[position] = '"';
            int end = escaped.write(text, 0, count, out, position + 1);
            out[end] = '"';
            position = end + 1;
            return;
        }
        raw('"');
        for (int from = 0; from < count; from += EscapedText.PIECE_CHARS) {
            int piece = Math.min(EscapedText.PIECE_CHARS, count - from);
            reserve(EscapedText.roomFor(piece));
            position = escaped.write(text, from, piece, buffer, position);
        }
        raw('"');
    }

    /// Writes a string with its quotes: the bytes in URL-safe base64 with padding.
    void base64(Bytes data) {
        int length = data.length();
        if (!hashing) {
            reserve(2L + (length + 2L) / 3 * 4);
        }
        raw('"');
        int at = 0;
        if (length >= BASE64_PIECE) {
            if (base64Source.length == 0) {
                base64Source = new byte[BASE64_PIECE];
                base64Target = new byte[BASE64_PIECE / 3 * 4];
            }
            at = encodeWhole(data, at, base64Source, base64Target);
        }
        at = encodeWhole(data, at, restSource, restTarget);
        encodeRest(data, at);
        raw('"');
    }

    private int encodeWhole(Bytes data, int from, byte[] source, byte[] target) {
        int at = from;
        while (data.length() - at >= source.length) {
            data.copyTo(at, source, 0, source.length);
            ENCODER.encode(source, target);
            reserve(target.length);
            System.arraycopy(target, 0, buffer, position, target.length);
            position += target.length;
            at += source.length;
        }
        return at;
    }

    private void encodeRest(Bytes data, int from) {
        reserve(restTarget.length);
        byte[] out = buffer;
        int to = position;
        int length = data.length();
        for (int i = from; i < length; i += 3) {
            int left = length - i;
            int bits = (data.byteAt(i) & 0xFF) << 16
                    | (left > 1 ? (data.byteAt(i + 1) & 0xFF) << 8 : 0)
                    | (left > 2 ? data.byteAt(i + 2) & 0xFF : 0);
            out[to++] = BASE64[bits >>> 18];
            out[to++] = BASE64[bits >>> 12 & 63];
            out[to++] = left > 1 ? BASE64[bits >>> 6 & 63] : (byte) '=';
            out[to++] = left > 2 ? BASE64[bits & 63] : (byte) '=';
        }
        position = to;
    }

    /// Writes any JSON value.
    void value(JsonValue value, FieldOrder order) {
        switch (value) {
            case JsonObject object -> object(object, order);
            case JsonArray array -> array(array, order);
            case JsonString string -> string(string.value());
            case JsonInteger integer -> raw(integer.toString());
            case JsonReal real -> raw(real.toString());
            case JsonBoolean bool -> raw(bool.toString());
            case JsonNull nothing -> raw("null");
        }
    }

    private void object(JsonObject object, FieldOrder order) {
        objectWithout(object, order, null);
    }

    /// Writes an object, leaving out the field `omitted` of its top level, if that is not null.
    void objectWithout(JsonObject object, FieldOrder order, @Nullable String omitted) {
        int size = object.size();
        if (size == 0) {
            raw(EMPTY_OBJECT);
            return;
        }
        int[] sorted = order == FieldOrder.CODE_POINT && size > 1 ? object.codePointOrder() : NO_ORDER;
        raw('{');
        boolean first = true;
        for (int i = 0; i < size; i++) {
            int at = sorted.length == 0 ? i : sorted[i];
            String name = object.nameAt(at);
            if (omitted != null && omitted.equals(name)) {
                continue;
            }
            if (!first) {
                raw(COMMA);
            }
            first = false;
            string(name);
            raw(COLON);
            value(object.valueAt(at), order);
        }
        raw('}');
    }

    private void array(JsonArray array, FieldOrder order) {
        raw('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                raw(COMMA);
            }
            value(array.values().get(i), order);
        }
        raw(']');
    }

    private static final byte[] EMPTY_OBJECT = {'{', '}'};
    private static final byte[] COMMA = {',', ' '};
    private static final byte[] COLON = {':', ' '};
    private static final int[] NO_ORDER = {};

    /// Makes room for `more` bytes behind the position.
    private void reserve(long more) {
        if (limit - position < more) {
            makeRoom(more);
        }
    }

    private void makeRoom(long more) {
        if (hashing && position + more > WINDOW_BYTES) {
            drain();
        }
        long needed = position + more;
        if (needed > buffer.length) {
            grow(needed);
        }
        limit = hashing ? (int) Math.max(needed, Math.min(buffer.length, WINDOW_BYTES)) : buffer.length;
    }

    private void grow(long needed) {
        if (needed > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("JSON text of " + needed + " bytes is longer than an array can be");
        }
        // Doubling stops at what the pool takes back: a buffer whose size is odd would else grow past it and be lost.
        long most = needed <= KEPT_BYTES ? KEPT_BYTES : Integer.MAX_VALUE - 8;
        long doubled = Math.min(Math.max(needed, 2L * buffer.length), most);
        buffer = Arrays.copyOf(buffer, (int) doubled);
    }
}
