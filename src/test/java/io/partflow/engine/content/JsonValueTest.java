package io.partflow.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {
    /// Each is what Python's repr prints for the number it reads as.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0",
                "-0.0",
                "1.0",
                "-1.5",
                "0.1",
                "0.30000000000000004",
                "100.0",
                "123456789.125",
                "0.0001",
                "0.00011",
                "1e-05",
                "1.5e-05",
                "9.999e-05",
                "1e-07",
                "1e+16",
                "9999999999999998.0",
                "1000000000000000.0",
                "1.2345678901234568e+16",
                "1e+22",
                "1e+23",
                "1e+100",
                "1.7976931348623157e+308",
                "2.2250738585072014e-308",
                "5e-324",
                "1e-323",
                "1.5e-323",
                "2e-323",
                "3e-323",
                "1e-322",
                "9.4e-323",
                "3.141592653589793",
                "2e-308",
                "9007199254740992.0",
                "9007199254740993e+0",
                "NaN",
                "Infinity",
                "-Infinity"
            })
    void real_printsAsPythonDoes(String text) {
        JsonReal real = new JsonReal(Double.parseDouble(text));

        assertEquals(text.equals("9007199254740993e+0") ? "9007199254740992.0" : text, real.toString());
        assertEquals(real, JsonValue.parse(real.toJson()));
    }

    @Test
    void real_ofAnyBits_readsBackAsTheSame() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(i % 2 == 0 ? random.nextLong() : random.nextLong(1L << 52));
            String text = new JsonReal(value).toString();

            assertEquals(value, Double.parseDouble(text), text);
            assertTrue(text.length() <= 24, text);
        }
    }

    @Test
    void integers_ofAnySize_printInFull() {
        String wide = "-123456789012345678901234567890";

        assertEquals(wide, JsonValue.parse(wide).toJson());
        assertEquals(JsonValue.of(new BigInteger(wide)), JsonValue.parse(wide));
        assertEquals(JsonValue.of(7), JsonValue.of(BigInteger.valueOf(7)));
        assertEquals(Long.MIN_VALUE, ((JsonInteger) JsonValue.parse("-9223372036854775808")).longValue());
        assertThrows(ArithmeticException.class, () -> ((JsonInteger) JsonValue.parse(wide)).longValue());
    }

    @Test
    void oneAsIntegerRealAndTruth_areThreeValues() {
        assertNotEquals(JsonValue.of(1), JsonValue.of(1.0));
        assertNotEquals(JsonValue.of(1), JsonValue.of(true));
        assertNotEquals(JsonValue.of(0.0), JsonValue.of(-0.0));
        assertEquals(JsonValue.of(Double.NaN), JsonValue.of(Double.NaN));
    }

    @Test
    void object_keepsInsertionOrderAndIgnoresItInEquality() {
        JsonObject ab = JsonObject.parse("{\"a\": 1, \"b\": 2}");
        JsonObject ba = JsonObject.EMPTY.with("b", JsonValue.of(2)).with("a", JsonValue.of(1));

        assertEquals(List.of("b", "a"), ba.names());
        assertEquals(ab, ba);
        assertEquals(ab.hashCode(), ba.hashCode());
        assertEquals("{\"b\": 2, \"a\": 1}", ba.toJson());
        assertEquals(ab.toJson(), ba.toCanonicalJson());
    }

    @Test
    void object_changed_leavesTheOldOne() {
        JsonObject old = JsonObject.of("a", JsonValue.of(1), "b", JsonValue.of(2));

        JsonObject changed = old.with("a", JsonValue.of("x")).without("b");

        assertEquals("{\"a\": 1, \"b\": 2}", old.toJson());
        assertEquals("{\"a\": \"x\"}", changed.toJson());
        assertSame(changed, changed.without("zzz"));
        assertSame(JsonObject.EMPTY, changed.without("a"));
        assertNull(changed.get("b"));
    }

    @Test
    void object_withManyNames_findsEach() {
        JsonObject.Builder fields = JsonObject.builder();
        for (int i = 0; i < 100; i++) {
            fields.put("n" + i, i);
        }
        JsonObject object = fields.build();

        for (int i = 0; i < 100; i++) {
            assertEquals(JsonValue.of(i), object.get("n" + i));
        }
        assertFalse(object.has("n100"));
        assertEquals(object.toJson().length(), object.jsonLength());
    }

    @Test
    void object_withANameTwice_keepsTheLastValueInTheFirstPlace() {
        assertEquals(
                "{\"a\": 3, \"b\": 2}",
                JsonValue.parse("{\"a\": 1, \"b\": 2, \"a\": 3}").toJson());
    }

    @Test
    void names_inCanonicalJson_areSortedByCodePoint() {
        List<String> sorted = List.of(
                "",
                " ",
                "10",
                "9",
                "A",
                "a",
                "a\u0000",
                "aa",
                "é",
                "\ud83d",
                "\ud83da",
                "\ud83d\ud83d",
                "\udc00",
                "\ue000",
                "\uffff",
                "\ud83d\ude00",
                "\ud83d\ude00a",
                "\ud83d\ude01",
                "\udbff\udfff");
        List<String> mixed = new ArrayList<>(sorted);
        Collections.shuffle(mixed, new Random(3));
        JsonObject.Builder fields = JsonObject.builder();
        mixed.forEach(name -> fields.put(name, 0));

        String canonical = fields.build().toCanonicalJson();

        List<String> written =
                sorted.stream().map(name -> JsonValue.of(name).toJson() + ": 0").toList();
        assertEquals("{" + String.join(", ", written) + "}", canonical);
    }

    @Test
    void name_withHalfASurrogatePair_isWrittenButNotRead() {
        String json = JsonObject.of("a\ud800", JsonValue.of("\ud800")).toJson();

        assertEquals("{\"a\\ud800\": \"\\ud800\"}", json);
        assertThrows(WireFormException.class, () -> JsonValue.parse(json));
        assertEquals(JsonValue.of("\ud800"), JsonValue.parse("\"\\ud800\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,]", "{\"a\" 1}", "1 2", "'a'", "tru", "{a: 1}"})
    void text_thatIsNotJson_isRefused(String json) {
        assertThrows(WireFormException.class, () -> JsonValue.parse(json));
    }

    @Test
    void text_nestedTooDeep_isRefusedWithoutOverflow() {
        String json = "[".repeat(100_000) + "]".repeat(100_000);

        WireFormException refused = assertThrows(WireFormException.class, () -> JsonValue.parse(json));

        assertTrue(String.valueOf(refused.getMessage()).contains("nested too deep"), refused.getMessage());
    }

    @Test
    void truth_isPythons() {
        for (String json : List.of("true", "1", "-0.5", "NaN", "\"a\"", "[0]", "{\"a\": 0}")) {
            assertTrue(JsonValue.parse(json).isTruthy(), json);
        }
        for (String json : List.of("false", "null", "0", "0.0", "-0.0", "\"\"", "[]", "{}")) {
            assertFalse(JsonValue.parse(json).isTruthy(), json);
        }
    }

    @Test
    void array_ofAChangedList_stays() {
        List<JsonValue> list = new ArrayList<>(List.of(JsonValue.of("a")));
        JsonArray array = new JsonArray(list);

        list.clear();

        assertEquals("[\"a\"]", array.toJson());
    }
}
