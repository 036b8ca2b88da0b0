package io.partflow.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.cache.CacheSettings.Conditions;
import io.partflow.engine.cache.CacheSettings.KeyOptions;
import io.partflow.engine.content.CanonicalForm;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyFunctionTest {
    private static KeyFunction with(List<String> ignore, List<String> skip, List<String> normalise) {
        return KeyFunction.of(new KeyOptions(ignore, skip, normalise, null));
    }

    private static Part stamped(String text, String name, long value) {
        return Part.text(text).withMetadata(name, JsonValue.of(value));
    }

    @Test
    void defaultFunction_isThatOfGenaiProcessors() {
        List<Part> hello = List.of(Part.text("hello"));

        assertThat(KeyFunction.of(KeyOptions.DEFAULT).hash(hello)).isEqualTo(CanonicalForm.hash(hello));
        assertThat(KeyFunction.DEFAULT.hash(hello).hex()).isEqualTo("61780de97e772f26a9e592e6af80cbd5");
        assertThat(KeyFunction.DEFAULT.hash(List.of(Part.exception("x")))).isNull();
    }

    @Test
    void functions_compose_eachChangingThePartsBeforeTheNext() {
        List<Part> hello = List.of(Part.text("hello"));
        List<Part> odd = List.of(stamped("00:01", "timestamp", 1), stamped("  HELLO ", "id", 7));
        KeyFunction both = KeyFunction.DEFAULT
                .normalising(List.of(KeyFunction.TextNormalisation.SPACE, KeyFunction.TextNormalisation.CASE))
                .ignoring(List.of("id"))
                .skippingPartsWith(List.of("timestamp"));
        KeyFunction otherOrder = KeyFunction.DEFAULT
                .skippingPartsWith(List.of("timestamp"))
                .ignoring(List.of("id"))
                .normalising(List.of(KeyFunction.TextNormalisation.CASE))
                .normalising(List.of(KeyFunction.TextNormalisation.SPACE));

        assertThat(both.hash(odd)).isEqualTo(CanonicalForm.hash(hello));
        assertThat(otherOrder.hash(odd)).isEqualTo(CanonicalForm.hash(hello));
        // a name that is ignored before parts are left out for it marks none any more
        KeyFunction ignoredFirst =
                KeyFunction.DEFAULT.skippingPartsWith(List.of("id")).ignoring(List.of("id"));
        assertThat(ignoredFirst.hash(List.of(stamped("hello", "id", 7)))).isEqualTo(CanonicalForm.hash(hello));
        assertThat(both.hash(List.of(stamped("00:01", "timestamp", 1)))).isNull();
        KeyFunction own = parts -> parts.size() > 1 ? parts.subList(0, 1) : null;
        assertThat(own.ignoring(List.of("id")).hash(List.of(stamped("hello", "id", 1), Part.text("more"))))
                .isEqualTo(CanonicalForm.hash(hello));
        assertThat(own.ignoring(List.of("id")).hash(hello)).isNull();
    }

    @Test
    void key_isPrefixThenHash() {
        CacheKey key = KeyFunction.DEFAULT.key("A", List.of(Part.text("hello")));

        assertThat(key.text()).isEqualTo("A61780de97e772f26a9e592e6af80cbd5");
        assertThat(key).isEqualTo(KeyFunction.DEFAULT.key("A", List.of(Part.text("hello"))));
        assertThat(key).isNotEqualTo(KeyFunction.DEFAULT.key("B", List.of(Part.text("hello"))));
        assertThat(KeyFunction.DEFAULT.key("A", List.of(Part.exception("x")))).isNull();
    }

    @Test
    void ignoredMetadata_doesNotCount() {
        KeyFunction ignoring = with(List.of("prober", "other"), List.of(), List.of());

        assertThat(ignoring.hash(List.of(stamped("a", "prober", 1))))
                .isEqualTo(ignoring.hash(List.of(stamped("a", "prober", 2))))
                .isEqualTo(KeyFunction.DEFAULT.hash(List.of(Part.text("a"))));
        assertThat(ignoring.hash(List.of(stamped("a", "kept", 1))))
                .isNotEqualTo(ignoring.hash(List.of(stamped("a", "kept", 2))));
    }

    @Test
    void skippedParts_doNotCount_andNothingLeftIsNotCacheable() {
        KeyFunction skipping = with(List.of("timestamp"), List.of("timestamp"), List.of());

        assertThat(skipping.hash(List.of(stamped("00:01", "timestamp", 1), Part.text("a"))))
                .isEqualTo(skipping.hash(List.of(Part.text("a"), stamped("00:09", "timestamp", 9))))
                .isEqualTo(KeyFunction.DEFAULT.hash(List.of(Part.text("a"))));
        assertThat(skipping.hash(List.of(stamped("00:01", "timestamp", 1)))).isNull();
        assertThat(skipping.hash(
                        List.of(Part.text("a"), Part.exception("x").withMetadata("timestamp", JsonValue.of(1)))))
                .isNull();
    }

    @Test
    void normalisedTexts_areTheSame() {
        KeyFunction alike = with(List.of(), List.of(), List.of("unicode", "space", "case"));

        assertThat(alike.hash(List.of(Part.text("  Cafe\u0301 \n\u00a0au  LAIT"))))
                .isEqualTo(alike.hash(List.of(Part.text("caf\u00e9 au lait"))))
                .isNotEqualTo(alike.hash(List.of(Part.text("cafe au lait"))));
        assertThatThrownBy(() -> with(List.of(), List.of(), List.of("shout")))
                .hasMessageContaining("unicode, space or case");
    }

    @Test
    void conditions_admitByTypeLengthAndMetadata() {
        Conditions images = new Conditions(List.of("image/*", "text/plain"), 2, List.of("volatile"));

        assertThat(CacheConditions.admits(images, Part.blob(new byte[1], "image/png")))
                .isTrue();
        assertThat(CacheConditions.admits(images, Part.blob(new byte[1], "audio/wav")))
                .isFalse();
        assertThat(CacheConditions.admits(images, Part.text("abc").withMimeType("Text/Plain; charset=utf-8")))
                .isTrue();
        assertThat(CacheConditions.admits(images, Part.text("a\uD83D\uDE00"))).isFalse();
        assertThat(CacheConditions.admits(images, Part.text("ab\uD83D\uDE00"))).isTrue();
        assertThat(CacheConditions.admits(images, stamped("abc", "volatile", 1)))
                .isFalse();
        assertThat(CacheConditions.admits(Conditions.NONE, Part.text(""))).isTrue();
        assertThat(CacheConditions.admits(images, List.of(Part.text("abc"), Part.text("ab"))))
                .isFalse();
    }

    @Test
    void namespace_changesWithVersionAndWithParametersInKey() {
        ProcessorDescriptor one = descriptor(1);
        String prefix = prefix(one, JsonObject.EMPTY);

        assertThat(prefix).matches("pf1:text\\.split@1:[0-9a-f]{16}:");
        assertThat(prefix(one, JsonObject.of("size", JsonValue.of(10)))).isEqualTo(prefix);
        assertThat(prefix(one, JsonObject.of("size", JsonValue.of(11)))).isNotEqualTo(prefix);
        assertThat(prefix(one, JsonObject.of("shown", JsonValue.of(9)))).isEqualTo(prefix);
        assertThat(prefix(descriptor(2), JsonObject.EMPTY)).startsWith("pf1:text.split@2:");
        assertThat(CacheNamespace.prefix(entry(one), Params.defaults(one), CacheSettings.DEFAULT.withPrefix("theirs")))
                .isEqualTo("theirs");
    }

    private static String prefix(ProcessorDescriptor descriptor, JsonObject params) {
        return CacheNamespace.prefix(entry(descriptor), Params.of(descriptor, params), CacheSettings.DEFAULT);
    }

    private static ProcessorEntry entry(ProcessorDescriptor descriptor) {
        return new ProcessorEntry(descriptor, (params, context) -> {
            throw new AssertionError("a namespace needs no instance");
        });
    }

    private static ProcessorDescriptor descriptor(int version) {
        return ProcessorDescriptor.builder("text.split", version, "Split text")
                .params(
                        ParamSpec.integer("size", "Size", "How long a piece is.", 10),
                        ParamSpec.integer("shown", "Shown", "How many are shown.", 1)
                                .outsideKey())
                .build();
    }
}
