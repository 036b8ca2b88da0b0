package io.partflow.cli;

import static io.partflow.cli.Invocation.partflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ProcessorDescriptor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProcessorsCommandTest {
    private static final List<ProcessorDescriptor> ALL =
            BuiltinProcessors.catalog().descriptors();

    @Test
    void text_namesEveryProcessorAndParameter() {
        String out = partflow("processors").out();

        for (ProcessorDescriptor each : ALL) {
            assertThat(out).contains(each.id() + "@" + each.version(), each.summary());
            each.params().forEach(param -> assertThat(out).contains("    " + param.name() + " "));
        }
        assertThat(out).contains("(simulated)");
    }

    @Test
    void json_holdsEveryDescriptorWithAllFields() {
        Invocation.Result result = partflow("processors", "--json");

        JsonArray array = (JsonArray) JsonValue.parse(result.out());
        assertThat(array.values()).hasSameSizeAs(ALL);
        for (JsonValue each : array) {
            assertThat(((JsonObject) each).names())
                    .containsExactly(
                            "id",
                            "version",
                            "title",
                            "summary",
                            "category",
                            "synonyms",
                            "icon",
                            "example",
                            "inputs",
                            "outputs",
                            "params",
                            "kind",
                            "work",
                            "deterministic",
                            "cacheByDefault",
                            "simulated",
                            "needs",
                            "substreamsOut",
                            "feed",
                            "gathering");
        }
    }

    @Test
    void json_ofAParameter_hasRangeDefaultAndUnit() {
        JsonArray array =
                (JsonArray) JsonValue.parse(partflow("processors", "--json").out());
        JsonObject split = array.values().stream()
                .map(JsonObject.class::cast)
                .filter(each -> new JsonString("text.split").equals(each.get("id")))
                .findFirst()
                .orElseThrow();
        JsonObject length = ((JsonArray) Objects.requireNonNull(split.get("params")))
                .values().stream()
                        .map(JsonObject.class::cast)
                        .filter(each -> new JsonString("length").equals(each.get("name")))
                        .findFirst()
                        .orElseThrow();

        ParamSpec spec = ALL.stream()
                .filter(each -> each.id().equals("text.split"))
                .findFirst()
                .flatMap(each -> each.param("length"))
                .orElseThrow();
        assertThat(length.names())
                .containsExactly(
                        "name",
                        "title",
                        "description",
                        "type",
                        "unit",
                        "min",
                        "max",
                        "step",
                        "default",
                        "choices",
                        "required",
                        "inKey",
                        "nests",
                        "cases",
                        "visibleWhen");
        assertThat(length.get("visibleWhen"))
                .isEqualTo(JsonObject.of(
                        "param", JsonValue.of("by"), "values", new JsonArray(List.of(JsonValue.of("length")))));
        assertThat(partflow("processors").out()).containsPattern("length +int +1000 .* when by is length\n");
        assertThat(partflow("processors", "--markdown").out()).contains("Only when policy is tokens or bytes.");
        assertThat(length.get("default")).isEqualTo(spec.defaultValue());
        assertThat(length.get("unit")).isEqualTo(JsonValue.of(spec.unit()));
        assertThat(length.get("min"))
                .isEqualTo(JsonValue.of(Objects.requireNonNull(spec.min()).longValue()));
    }

    @Test
    void markdown_isAPageWithATableForEveryProcessor() {
        String page = partflow("processors", "--markdown").out();

        assertThat(page).startsWith("# Processors\n\n## Sources\n");
        for (ProcessorDescriptor each : ALL) {
            assertThat(page).contains("### " + each.title() + " (`" + each.id() + "`)");
            each.params()
                    .forEach(param -> assertThat(page)
                            .contains(
                                    "| `" + param.name() + "` | " + param.type().id()));
        }
        assertThat(page.lines().filter(line -> line.startsWith("|")))
                .allSatisfy(line -> assertThat(line.replace("\\|", "").chars().filter(c -> c == '|'))
                        .hasSize(6));
    }

    @Test
    void bothForms_areWrongUsage() {
        assertThat(partflow("processors", "--json", "--markdown").status()).isEqualTo(2);
    }
}
