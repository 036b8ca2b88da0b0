package io.partflow.engine.builtin.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.PromptSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollingPromptStageTest {
    @Test
    void everyPart_passesUnchangedWhileThePromptIsCompressed() throws Exception {
        List<Part> talk = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            talk.add(Part.text("turn " + i + ": " + "words and more words ".repeat(20), i % 2 == 0 ? "user" : "model"));
        }
        talk.add(Part.blob(new byte[] {1}, "image/png"));
        FakeContext context = new FakeContext();
        Iterator<Part> input = talk.iterator();

        ((Processor) FakeContext.build(
                        BuiltinProcessors.catalog().find("prompt.rolling").orElseThrow(),
                        JsonObject.of("maxParts", JsonValue.of(20)),
                        Path.of(".")))
                .run(() -> input.hasNext() ? input.next() : null, context);

        assertThat(context.parts).isEqualTo(talk);
        assertThat(context.prompts).hasSize(talk.size());
        PromptSnapshot last = context.prompts.get(talk.size() - 1);
        assertThat(last.partsKept()).isLessThanOrEqualTo(20);
        assertThat(last.partsKept() + last.partsDropped() + last.partsSummarised())
                .isEqualTo(talk.size());
        assertThat(last.tokensBefore()).isGreaterThan(2 * last.tokensAfter());
        assertThat(last.stepsSeen()).isGreaterThan(10).isEqualTo(last.steps().size());
        assertThat(last.steps().getFirst()).satisfies(step -> {
            assertThat(step.afterPart()).isEqualTo(16);
            assertThat(step.partsKept()).isEqualTo(8);
            assertThat(step.partsSummarised()).isEqualTo(8);
            assertThat(step.partsDropped()).isZero();
            assertThat(step.tokensAfter()).isPositive().isLessThan(step.tokensBefore());
            assertThat(step.sharedPrefixTokens()).isZero();
        });
        assertThat(last.steps().stream()
                        .mapToLong(PromptSnapshot.Step::partsSummarised)
                        .sum())
                .isEqualTo(last.partsSummarised());
        // a summary that stands behind the first one leaves that one where it was
        assertThat(last.steps().get(1).sharedPrefixTokens()).isPositive();
        PromptSnapshot first = context.prompts.get(0);
        assertThat(first.tokensBefore()).isEqualTo(first.tokensAfter()).isPositive();
    }
}
