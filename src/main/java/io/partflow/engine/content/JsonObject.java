package io.partflow.engine.content;

import io.partflow.engine.content.AsciiJson.FieldOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A JSON object: names with values, in insertion order; immutable.
///
/// Equality ignores the order, as the cache key does; [#toJson] keeps it.
public final class JsonObject implements JsonValue {
    public static final JsonObject EMPTY = new JsonObject(new String[0], new JsonValue[0]);

    /// Up to this many names a scan is faster than a hash look-up and needs no table.
    private static final int SCAN_LIMIT = 8;

    private final String[] names;
    private final JsonValue[] values;

    // All three are functions of the fields above, computed on first use; racing threads compute the same.
    private volatile @Nullable Map<String, Integer> index;
    private volatile int @Nullable [] codePointOrder;
    private int jsonLength;

    private JsonObject(String[] names, JsonValue[] values) {
        this.names = names;
        this.values = values;
    }

    public static JsonObject of(String name, JsonValue value) {
        return new JsonObject(
                new String[] {Objects.requireNonNull(name)}, new JsonValue[] {Objects.requireNonNull(value)});
    }

    public static JsonObject of(String name, JsonValue value, String name2, JsonValue value2) {
        return of(name, value).with(name2, value2);
    }

    /// The entries of `map` in its iteration order.
    public static JsonObject of(Map<String, ? extends JsonValue> map) {
        if (map.isEmpty()) {
            return EMPTY;
        }
        // one pass, so that a map that somebody else changes cannot leave names and values of different length
        List<String> names = new ArrayList<>(map.size());
        List<JsonValue> values = new ArrayList<>(map.size());
        map.forEach((name, value) -> {
            names.add(Objects.requireNonNull(name));
            values.add(Objects.requireNonNull(value));
        });
        return new JsonObject(names.toArray(String[]::new), values.toArray(JsonValue[]::new));
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Reads one JSON object.
    ///
    /// @throws WireFormException if `json` is not exactly one JSON object
    public static JsonObject parse(String json) {
        if (JsonValue.parse(json) instanceof JsonObject object) {
            return object;
        }
        throw new WireFormException("", "a JSON object is expected", "Write the value as {\"name\": value}.");
    }

    /// The value of `name`, or null if there is no such name; a JSON null is [JsonNull].
    public @Nullable JsonValue get(String name) {
        int at = indexOf(name);
        return at < 0 ? null : values[at];
    }

    public boolean has(String name) {
        return indexOf(name) >= 0;
    }

    /// This object with `name` set to `value`: in its old place if the name exists, else at the end.
    public JsonObject with(String name, JsonValue value) {
        Objects.requireNonNull(value);
        int at = indexOf(name);
        if (at >= 0) {
            JsonValue[] changed = values.clone();
            changed[at] = value;
            return new JsonObject(names, changed);
        }
        String[] moreNames = Arrays.copyOf(names, names.length + 1);
        JsonValue[] moreValues = Arrays.copyOf(values, values.length + 1);
        moreNames[names.length] = Objects.requireNonNull(name);
        moreValues[values.length] = value;
        return new JsonObject(moreNames, moreValues);
    }

    /// This object without `name`; the same object if it has no such name.
    public JsonObject without(String name) {
        int at = indexOf(name);
        if (at < 0) {
            return this;
        }
        if (names.length == 1) {
            return EMPTY;
        }
        String[] fewerNames = new String[names.length - 1];
        JsonValue[] fewerValues = new JsonValue[names.length - 1];
        System.arraycopy(names, 0, fewerNames, 0, at);
        System.arraycopy(values, 0, fewerValues, 0, at);
        System.arraycopy(names, at + 1, fewerNames, at, fewerNames.length - at);
        System.arraycopy(values, at + 1, fewerValues, at, fewerValues.length - at);
        return new JsonObject(fewerNames, fewerValues);
    }

    /// All names, in insertion order, each once.
    public List<String> names() {
        return List.of(names);
    }

    public int size() {
        return names.length;
    }

    public boolean isEmpty() {
        return names.length == 0;
    }

    /// Number of characters of the JSON text (the same in either order); at least 2.
    public int jsonLength() {
        int known = jsonLength;
        if (known == 0) {
            known = names.length == 0 ? 2 : measure();
            jsonLength = known;
        }
        return known;
    }

    private int measure() {
        try (AsciiJson out = AsciiJson.borrow()) {
            out.value(this, FieldOrder.DECLARED);
            return out.length();
        }
    }

    String nameAt(int index) {
        return names[index];
    }

    JsonValue valueAt(int index) {
        return values[index];
    }

    /// Indexes in the order of the names' code points; owned by this object, not to be changed.
    int[] codePointOrder() {
        int[] known = codePointOrder;
        if (known == null) {
            known = sortByCodePoint();
            codePointOrder = known;
        }
        return known;
    }

    private int[] sortByCodePoint() {
        Integer[] order = new Integer[names.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> compareCodePoints(names[a], names[b]));
        int[] result = new int[order.length];
        Arrays.setAll(result, i -> order[i]);
        return result;
    }

    /// Compares as sequences of Unicode code points, a lone surrogate counting as D800 to DFFF.
    ///
    /// [String#compareTo] compares UTF-16 units and so puts U+1F600 before U+E000.
    static int compareCodePoints(String a, String b) {
        int common = Math.min(a.length(), b.length());
        int at = 0;
        while (at < common && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        if (at == common) {
            return Integer.compare(a.length(), b.length());
        }
        if (at > 0 && Character.isHighSurrogate(a.charAt(at - 1))) {
            // the difference may lie in the second half of a pair, or one side may have no second half
            int byPair = Integer.compare(a.codePointAt(at - 1), b.codePointAt(at - 1));
            if (byPair != 0) {
                return byPair;
            }
        }
        return Integer.compare(a.codePointAt(at), b.codePointAt(at));
    }

    private int indexOf(String name) {
        if (names.length > SCAN_LIMIT) {
            Integer at = table().get(name);
            return at == null ? -1 : at;
        }
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private Map<String, Integer> table() {
        Map<String, Integer> known = index;
        if (known == null) {
            known = HashMap.newHashMap(names.length);
            for (int i = 0; i < names.length; i++) {
                known.put(names[i], i);
            }
            index = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof JsonObject object) || object.names.length != names.length) {
            return false;
        }
        for (int i = 0; i < names.length; i++) {
            if (!values[i].equals(object.get(names[i]))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int sum = 0;
        for (int i = 0; i < names.length; i++) {
            sum += names[i].hashCode() ^ values[i].hashCode();
        }
        return sum;
    }

    @Override
    public String toString() {
        return toJson();
    }

    /// Collects the fields of one object; confined to one thread.
    public static final class Builder {
        private final Map<String, JsonValue> fields = new LinkedHashMap<>();

        private Builder() {}

        /// Sets `name`; a second value for a name replaces the first, in its place.
        public Builder put(String name, JsonValue value) {
            fields.put(Objects.requireNonNull(name), Objects.requireNonNull(value));
            return this;
        }

        public Builder put(String name, String value) {
            return put(name, JsonValue.of(value));
        }

        public Builder put(String name, long value) {
            return put(name, JsonValue.of(value));
        }

        public Builder put(String name, double value) {
            return put(name, JsonValue.of(value));
        }

        public Builder put(String name, boolean value) {
            return put(name, JsonValue.of(value));
        }

        public JsonObject build() {
            return JsonObject.of(fields);
        }
    }
}
