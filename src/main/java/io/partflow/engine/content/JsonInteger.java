package io.partflow.engine.content;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// A JSON integer of any size.
///
/// Values of up to 64 bits are held as a `long`; only longer ones need a [BigInteger].
public final class JsonInteger implements JsonValue {
    public static final JsonInteger ZERO = new JsonInteger(0, null);

    private final long value;
    private final @Nullable BigInteger wide;

    private JsonInteger(long value, @Nullable BigInteger wide) {
        this.value = value;
        this.wide = wide;
    }

    public static JsonInteger of(long value) {
        return value == 0 ? ZERO : new JsonInteger(value, null);
    }

    public static JsonInteger of(BigInteger value) {
        return value.bitLength() < Long.SIZE ? of(value.longValue()) : new JsonInteger(0, value);
    }

    /// Whether the value fits in a `long`.
    public boolean isLong() {
        return wide == null;
    }

    /// The value as a `long`.
    ///
    /// @throws ArithmeticException if it does not fit, see [#isLong]
    public long longValue() {
        if (wide != null) {
            throw new ArithmeticException("integer of " + wide.bitLength() + " bits does not fit in 64 bits");
        }
        return value;
    }

    public BigInteger bigIntegerValue() {
        return wide == null ? BigInteger.valueOf(value) : wide;
    }

    /// The nearest double; infinite if the value is beyond the range of doubles.
    public double doubleValue() {
        return wide == null ? value : wide.doubleValue();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof JsonInteger integer
                        && value == integer.value
                        && (wide == null ? integer.wide == null : wide.equals(integer.wide)));
    }

    @Override
    public int hashCode() {
        return wide == null ? Long.hashCode(value) : wide.hashCode();
    }

    @Override
    public String toString() {
        return wide == null ? Long.toString(value) : wide.toString();
    }
}
