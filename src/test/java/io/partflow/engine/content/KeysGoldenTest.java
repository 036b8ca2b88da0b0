package io.partflow.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Keys, canonical texts and stored forms, letter by letter as genai-processors makes them. No case is left
/// out.
class KeysGoldenTest {
    private static final List<Case> CASES = PeerVectors.objects(PeerVectors.read("keys.json"), "cases").stream()
            .map(Case::new)
            .toList();

    static List<Case> cases() {
        return CASES;
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
        CASES.forEach(given -> keys.put(given.id(), CanonicalForm.hash(given.parts())));
        int compared = 0;
        for (Case given : CASES) {
            ContentHash key = keys.get(given.id());
            if (given.json().get("relation") instanceof JsonObject relation) {
                String other = PeerVectors.text(relation, "to");
                boolean same = PeerVectors.text(relation, "key").equals("same");
                assertTrue(keys.containsKey(other), given.id());
                assertEquals(same, String.valueOf(key).equals(String.valueOf(keys.get(other))), given.id());
                compared++;
            }
        }
        assertTrue(PeerVectors.areOthers() || compared == 16, compared + " pairs");
    }

    @Test
    void cases_ofTheFile_coverEveryDescription() {
        Set<String> descriptions = CASES.stream()
                .flatMap(given -> given.descriptions().stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertTrue(PeerVectors.areOthers() || CASES.size() == 356, CASES.size() + " cases");
        Set<String> known = Set.of(
                "text",
                "bytes",
                "bytes_pattern",
                "repeat",
                "blob",
                "exception",
                "end_of_turn",
                "function_call",
                "function_response",
                "function_response_parts",
                "tool_cancellation",
                "dataclass",
                "uri",
                "file",
                "executable_code",
                "code_execution_result",
                "from_dict");
        assertTrue(known.containsAll(descriptions), descriptions + " are not all known");
        assertTrue(PeerVectors.areOthers() || descriptions.containsAll(known), descriptions + " are not all");
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
