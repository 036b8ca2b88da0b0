package io.partflow.engine.content;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.openhft.hashing.LongTupleHashFunction;

/// A 128-bit XXH3 hash, seed 0: the hash part of a cache key.
///
/// @param high the upper 64 bits, written first in hexadecimal
/// @param low the lower 64 bits
public record ContentHash(long high, long low) implements Comparable<ContentHash> {
    private static final LongTupleHashFunction XXH128 = LongTupleHashFunction.xx128();
    private static final int HEX_DIGITS = 32;

    /// The hash of all bytes of `data`.
    public static ContentHash of(byte[] data) {
        long[] hash = XXH128.hashBytes(data);
        return new ContentHash(hash[1], hash[0]);
    }

    /// The hash of all bytes of `data`.
    public static ContentHash of(Bytes data) {
        return data.contentHash();
    }

    /// The hash of the text's UTF-8 bytes.
    public static ContentHash ofText(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Reads 32 hexadecimal digits of either case.
    ///
    /// @throws IllegalArgumentException if it is anything else
    public static ContentHash parse(String hex) {
        if (hex.length() != HEX_DIGITS) {
            throw new IllegalArgumentException("a content hash has 32 hexadecimal digits, not " + hex.length());
        }
        return new ContentHash(
                HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, HEX_DIGITS));
    }

    /// 32 lower-case hexadecimal digits.
    public String hex() {
        HexFormat format = HexFormat.of();
        return format.toHexDigits(high) + format.toHexDigits(low);
    }

    /// Orders as the hexadecimal texts do.
    @Override
    public int compareTo(ContentHash other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public int hashCode() {
        // the bits are uniform already
        return (int) low;
    }

    @Override
    public String toString() {
        return hex();
    }
}
