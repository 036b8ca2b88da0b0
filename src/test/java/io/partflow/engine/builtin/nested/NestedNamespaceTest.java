package io.partflow.engine.builtin.nested;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.builtin.flow.Parallel;
import io.partflow.engine.cache.CacheNamespace;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ParamType;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorEntry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NestedNamespaceTest {
    @Test
    void aNewVersionInside_isAnotherNamespaceOutside() {
        assertThat(prefix(around(2), "branches", "my.summary size=3"))
                .isNotEqualTo(prefix(around(1), "branches", "my.summary size=3"))
                .startsWith("pf1:flow.parallel@1:");
    }

    @Test
    void aDefaultWrittenOut_isTheSameNamespace() {
        String silent = prefix(around(1), "branches", "my.summary");

        assertThat(prefix(around(1), "branches", "my.summary size=3")).isEqualTo(silent);
        assertThat(prefix(around(1), "branches", " my.summary  size=\"3\" shown=9 "))
                .isEqualTo(silent);
        assertThat(prefix(around(1), "branches", "my.summary size=4")).isNotEqualTo(silent);
        assertThat(prefix(around(1), "branches", "my.summary", "my.summary")).isNotEqualTo(silent);
    }

    @Test
    void whatStandsTwoDeep_countsByItsConfigurationToo() {
        ProcessorEntry chain = shipped("flow.chain");
        String silent = prefix(chain, "steps", "flow.parallel branches=text.summary");

        assertThat(prefix(chain, "steps", "flow.parallel branches=\"text.summary maxSentences=3\""))
                .isEqualTo(silent);
        assertThat(prefix(chain, "steps", "flow.parallel branches=\"text.summary maxSentences=4\""))
                .isNotEqualTo(silent);
    }

    @Test
    void aCase_countsByItsConditionAndByWhatItLeadsTo() {
        ProcessorEntry cases = shipped("flow.part-switch");
        String silent = prefix(cases, "cases", "type text/*: text.summary");

        assertThat(prefix(cases, "cases", "type text/*:  text.summary maxSentences=3"))
                .isEqualTo(silent);
        assertThat(prefix(cases, "cases", "type image/*: text.summary")).isNotEqualTo(silent);
        assertThat(prefix(cases, "cases", "type text/*: pass")).isNotEqualTo(silent);
    }

    @Test
    void everyShippedProcessorThatRunsOthers_countsTheirVersions() {
        List<ProcessorEntry> running = BuiltinProcessors.catalog().descriptors().stream()
                .filter(each -> each.params().stream()
                        .anyMatch(spec -> spec.inKey() && !spec.nests().isEmpty()))
                .map(each -> shipped(each.id()))
                .toList();

        assertThat(running).hasSizeGreaterThan(8).allSatisfy(entry -> {
            ParamSpec spec = entry.descriptor().params().stream()
                    .filter(each -> !each.nests().isEmpty())
                    .findFirst()
                    .orElseThrow();
            String line = spec.cases().isEmpty() ? "" : "otherwise: ";
            line += spec.nests().equals(NestedProcessors.SOURCES) ? "source.text" : "text.summary";
            JsonValue value =
                    spec.type() == ParamType.LIST ? new JsonArray(List.of(JsonValue.of(line))) : JsonValue.of(line);
            Params params = Params.of(entry.descriptor(), JsonObject.of(spec.name(), value));

            assertThat(entry.keyForm().of(params).toJson()).contains("\"version\": 1");
        });
    }

    @Test
    void whatRunsNoOthers_keepsTheNamespaceOfItsValues() {
        ProcessorEntry split = shipped("text.split");
        Params params = Params.defaults(split.descriptor());

        assertThat(CacheNamespace.prefix(split, params, CacheSettings.DEFAULT))
                .isEqualTo("pf1:text.split@1:"
                        + ContentHash.ofText("text.split@1" + params.keyValues().toCanonicalJson())
                                .hex()
                                .substring(0, 16)
                        + ":");
    }

    private static ProcessorEntry shipped(String id) {
        return BuiltinProcessors.catalog().find(id).orElseThrow();
    }

    /// Processors side by side that know one other, of this version.
    private static ProcessorEntry around(int version) {
        ProcessorDescriptor inner = ProcessorDescriptor.builder("my.summary", version, "Mine")
                .params(
                        ParamSpec.integer("size", "Size", "How long it is.", 3),
                        ParamSpec.integer("shown", "Shown", "How much is shown.", 1)
                                .outsideKey())
                .build();
        ProcessorEntry mine = new ProcessorEntry(inner, (params, context) -> {
            throw new AssertionError("a namespace needs no instance");
        });
        NestedProcessors nested = new NestedProcessors(new ProcessorCatalog(List.of(mine)));
        return nested.keyed(Parallel.entry(nested));
    }

    private static String prefix(ProcessorEntry entry, String param, String... lines) {
        JsonArray value = new JsonArray(Stream.of(lines).map(JsonValue::of).toList());
        return CacheNamespace.prefix(
                entry, Params.of(entry.descriptor(), JsonObject.of(param, value)), CacheSettings.DEFAULT);
    }
}
