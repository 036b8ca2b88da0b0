package io.partflow.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Keys, canonical texts and stored forms, letter by letter as genai-processors makes them.
class KeysGoldenTest {
    /// Descriptions of part kinds that are not modelled yet, and how many cases of each kind of case need them.
    private static final Set<String> LATER = Set.of(
            "function_call",
            "function_response",
            "function_response_parts",
            "dataclass",
            "uri",
            "file",
            "tool_cancellation",
            "executable_code",
            "code_execution_result",
            "from_dict");

    private static final Map<String, Integer> LATER_CASES = Map.ofEntries(
            Map.entry("random", 35),
            Map.entry("function_call", 1),
            Map.entry("function_call_empty", 1),
            Map.entry("function_call_id", 1),
            Map.entry("function_response", 1),
            Map.entry("function_response_str", 1),
            Map.entry("function_response_err", 1),
            Map.entry("function_response_parts", 1),
            Map.entry("function_response_parts_img", 1),
            Map.entry("dataclass", 1),
            Map.entry("uri", 1),
            Map.entry("file", 1),
            Map.entry("tool_cancellation", 1),
            Map.entry("executable_code", 1),
            Map.entry("code_execution_result", 1),
            Map.entry("from_dict_thought", 1),
            Map.entry("from_dict_camel", 1),
            Map.entry("from_dict_nulls", 1));

    private static final List<JsonObject> ALL = PeerVectors.objects(PeerVectors.read("keys.json"), "cases");

    static List<Case> cases() {
        return ALL.stream().map(Case::new).filter(Case::isModelled).toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void key_ofPeerCase_equalsPeerKey(Case given) {
        ContentHash hash = CanonicalForm.hash(given.parts());

        String expected = given.expectedText("key");
        if (expected == null) {
            assertNull(hash);
        } else {
            assertEquals(expected, given.prefix() + (hash == null ? "no key" : hash.hex()));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void canonical_ofPeerCase_equalsPeerText(Case given) {
        String canonical = CanonicalForm.text(given.parts());

        if (given.expected().get("canonical_len") instanceof JsonInteger length) {
            assertEquals(length.longValue(), canonical == null ? -1 : canonical.length());
        } else {
            assertEquals(given.expectedText("canonical"), canonical);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void wireForm_ofPeerCase_equalsPeerTextAndReadsBack(Case given) {
        List<Part> parts = given.parts();

        String json = WireForm.toJson(parts);

        if (given.expected().has("to_dict")) {
            assertEquals(given.expectedText("to_dict"), json);
        }
        assertEquals(parts, WireForm.readContent(json).parts());
    }

    @Test
    void pairs_ofPeerCases_relateAsSaid() {
        Map<String, @Nullable ContentHash> keys = new HashMap<>();
        int compared = 0;
        for (Case given : cases()) {
            ContentHash key = CanonicalForm.hash(given.parts());
            keys.put(given.id(), key);
            if (given.json().get("relation") instanceof JsonObject relation) {
                String other = PeerVectors.text(relation, "to");
                boolean same = PeerVectors.text(relation, "key").equals("same");
                assertTrue(keys.containsKey(other), given.id());
                assertEquals(same, String.valueOf(key).equals(String.valueOf(keys.get(other))), given.id());
                compared++;
            }
        }
        assertEquals(16, compared);
    }

    @Test
    void cases_notModelledYet_areExactlyTheNamedOnes() {
        Map<String, Integer> left = new TreeMap<>();
        for (JsonObject json : ALL) {
            Case given = new Case(json);
            if (!given.isModelled()) {
                Set<String> foreign = new TreeSet<>(given.descriptions());
                foreign.removeAll(PeerParts.KNOWN);
                assertFalse(foreign.isEmpty(), given.id());
                assertTrue(LATER.containsAll(foreign), given.id() + foreign);
                left.merge(PeerVectors.text(json, "kind"), 1, Integer::sum);
            }
        }
        assertEquals(356, ALL.size());
        assertEquals(304, cases().size());
        assertEquals(new TreeMap<>(LATER_CASES), left);
    }

    /// One case of the file; shown in test names as its id and kind.
    record Case(JsonObject json) {
        String id() {
            return PeerVectors.text(json, "id");
        }

        List<Part> parts() {
            return PeerParts.parts(PeerVectors.array(json, "parts"));
        }

        Set<String> descriptions() {
            return PeerVectors.objects(json, "parts").stream()
                    .map(part -> PeerVectors.text(part, "t"))
                    .collect(Collectors.toSet());
        }

        boolean isModelled() {
            return PeerParts.KNOWN.containsAll(descriptions());
        }

        /// Inner prefixes come last: a view of a view puts its own in front.
        String prefix() {
            if (!json.has("prefixes_inner_to_outer")) {
                return "";
            }
            StringBuilder prefix = new StringBuilder();
            for (JsonValue inner : PeerVectors.array(json, "prefixes_inner_to_outer")) {
                prefix.insert(0, ((JsonString) inner).value());
            }
            return prefix.toString();
        }

        JsonObject expected() {
            return (JsonObject) PeerVectors.field(json, "expected");
        }

        @Nullable
        String expectedText(String name) {
            return expected().get(name) instanceof JsonString text ? text.value() : null;
        }

        @Override
        public String toString() {
            return id() + " " + PeerVectors.text(json, "kind");
        }
    }
}
