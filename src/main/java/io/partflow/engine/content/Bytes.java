package io.partflow.engine.content;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An immutable sequence of bytes.
///
/// Equal when the bytes are equal. Length is 0 to [Integer#MAX_VALUE] bytes. Immutable and safe to share.
public final class Bytes {
    /// No bytes at all.
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    /// Value of each base64 digit of both alphabets, -1 for other characters.
    private static final byte[] BASE64_DIGITS = base64Digits();

    private final byte[] array;
    private int hash;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /// A copy of `data`; later writes to `data` do not show.
    public static Bytes of(byte[] data) {
        return data.length == 0 ? EMPTY : new Bytes(data.clone());
    }

    /// Takes over `owned` without a copy: the caller gives the array away and must never write to it again.
    ///
    /// For arrays that were just read or encoded and are held by nobody else; everybody else uses [#of(byte[])].
    public static Bytes wrapUnsafe(byte[] owned) {
        return owned.length == 0 ? EMPTY : new Bytes(owned);
    }

    /// Decodes base64 in the standard or the URL-safe alphabet, with or without padding.
    ///
    /// @throws IllegalArgumentException if the characters are not base64
    static Bytes ofBase64(char[] chars, int from, int lengthWithPadding) {
        int length = lengthWithPadding;
        while (length > 0 && chars[from + length - 1] == '=') {
            length--;
        }
        if (length % 4 == 1) {
            throw new IllegalArgumentException("base64 text of " + length + " characters ends within a byte");
        }
        byte[] bytes = new byte[(int) (length * 3L / 4)];
        int to = 0;
        int bits = 0;
        for (int i = 0; i < length; i++) {
            char c = chars[from + i];
            int six = c < BASE64_DIGITS.length ? BASE64_DIGITS[c] : -1;
            if (six < 0) {
                throw new IllegalArgumentException("character " + (i + 1) + " is not base64");
            }
            bits = bits << 6 | six;
            // after the 2nd, 3rd and 4th digit of each four, one more byte is complete
            switch (i & 3) {
                case 1 -> bytes[to++] = (byte) (bits >>> 4);
                case 2 -> bytes[to++] = (byte) (bits >>> 2);
                case 3 -> bytes[to++] = (byte) bits;
                default -> {}
            }
        }
        return wrapUnsafe(bytes);
    }

    private static byte[] base64Digits() {
        byte[] table = new byte[128];
        Arrays.fill(table, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            table[alphabet.charAt(i)] = (byte) i;
        }
        table['-'] = 62;
        table['_'] = 63;
        return table;
    }

    ContentHash contentHash() {
        return ContentHash.of(array);
    }

    /// Number of bytes.
    public int length() {
        return array.length;
    }

    public boolean isEmpty() {
        return array.length == 0;
    }

    /// The byte at `index`, from 0 to length - 1.
    ///
    /// @throws IndexOutOfBoundsException if there is none
    public byte byteAt(int index) {
        return array[index];
    }

    /// A read-only view of all bytes, position 0, big endian; each call gives an independent buffer.
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(array).asReadOnlyBuffer();
    }

    /// A new array with these bytes.
    public byte[] toArray() {
        return array.clone();
    }

    /// A new stream over these bytes; it never blocks and needs no closing.
    public InputStream inputStream() {
        return new ByteArrayInputStream(array);
    }

    /// Copies `count` bytes from index `from` to `target`, beginning at `targetFrom`.
    ///
    /// @throws IndexOutOfBoundsException if either range does not exist
    public void copyTo(int from, byte[] target, int targetFrom, int count) {
        System.arraycopy(array, from, target, targetFrom, count);
    }

    /// Copies all bytes to the start of `target`.
    ///
    /// @throws IndexOutOfBoundsException if `target` is too short
    public void copyTo(byte[] target) {
        copyTo(0, target, 0, array.length);
    }

    /// A copy of the bytes from index `from` (inclusive) to `to` (exclusive); it does not keep the longer sequence
    /// alive.
    ///
    /// @throws IndexOutOfBoundsException if that range does not exist
    public Bytes slice(int from, int to) {
        if (from < 0 || to > array.length || from > to) {
            throw new IndexOutOfBoundsException("slice " + from + " to " + to + " of " + array.length + " bytes");
        }
        return wrapUnsafe(Arrays.copyOfRange(array, from, to));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Bytes bytes && Arrays.equals(array, bytes.array));
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = Arrays.hashCode(array);
            hash = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "Bytes[" + array.length + " bytes]";
    }
}
