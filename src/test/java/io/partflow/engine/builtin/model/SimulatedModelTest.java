package io.partflow.engine.builtin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartProcessor;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedModelTest {
    private static FakeContext ask(JsonObject params, long seed, Part part) throws Exception {
        FakeContext context = new FakeContext();
        ((PartProcessor) SimulatedModel.ENTRY
                        .factory()
                        .create(
                                Params.of(SimulatedModel.DESCRIPTOR, params),
                                new BuildContext("node", Path.of("."), seed)))
                .apply(part, context);
        return context;
    }

    private static FakeContext ask(String question) throws Exception {
        return ask(JsonObject.EMPTY, 1, Part.text(question, "user"));
    }

    @Test
    void sameQuestion_getsTheSameAnswerAfterTheSameTime() throws Exception {
        FakeContext one = ask("How do I reset my password?");
        FakeContext two = ask("How do I reset my password?");

        assertThat(two.parts).isEqualTo(one.parts);
        assertThat(two.slept).isEqualTo(one.slept);
        assertThat(two.usage).isEqualTo(one.usage);
    }

    @Test
    void answer_isAModelsTextAboutTheQuestion() throws Exception {
        Part answer = ask("Where can I find the travel expense policy?").parts.get(0);

        assertThat(answer.role()).isEqualTo("model");
        assertThat(answer.mimeType()).isEqualTo("text/plain");
        assertThat(answer.text()).contains("travel expense policy").endsWith(".");
    }

    @Test
    void otherSeedOrQuestion_givesAnotherAnswer() throws Exception {
        Set<String> answers = new HashSet<>();
        for (int seed = 0; seed < 10; seed++) {
            answers.add(ask(JsonObject.EMPTY, seed, Part.text("What is the guest Wi-Fi password?"))
                    .parts
                    .get(0)
                    .text());
        }

        assertThat(answers).hasSizeGreaterThan(8);
    }

    @Test
    void answerTimes_fillTheDeclaredRange() throws Exception {
        for (String shape : new String[] {"uniform", "log-normal"}) {
            JsonObject params = JsonObject.of("latencyShape", JsonValue.of(shape));
            long least = Long.MAX_VALUE;
            long most = 0;
            long under750 = 0;
            for (int i = 0; i < 500; i++) {
                long nanos = ask(params, 1, Part.text("question " + i)).slept;
                least = Math.min(least, nanos);
                most = Math.max(most, nanos);
                under750 += nanos < 750_000_000L ? 1 : 0;
            }
            assertThat(least).isBetween(300_000_000L, 400_000_000L);
            assertThat(most).isBetween(1_000_000_000L, 1_200_000_000L);
            if (shape.equals("uniform")) {
                assertThat(under750).isBetween(210L, 290L);
            } else {
                assertThat(under750).isGreaterThan(400);
            }
        }
    }

    @Test
    void reversedLatencies_areAContradiction() {
        JsonObject params = JsonObject.of("latencyMinMs", JsonValue.of(90), "latencyMaxMs", JsonValue.of(10));

        assertThat(SimulatedModel.DESCRIPTOR.rules())
                .singleElement()
                .extracting(rule -> rule.complaint(Params.of(SimulatedModel.DESCRIPTOR, params))
                        .orElseThrow()
                        .message())
                .isEqualTo("Answer time from (90 ms) must not be more than Answer time to (10 ms).");
    }

    @Test
    void tokensAndMoney_followFromTheDeclaredRatioAndPrice() throws Exception {
        JsonObject params = JsonObject.builder()
                .put("charsPerToken", 2)
                .put("priceInUsd", 100)
                .put("priceOutUsd", 1000)
                .build();
        FakeContext context = ask(params, 1, Part.text("12345"));

        long out = (context.parts.get(0).text().length() + 1) / 2;
        assertThat(context.usage.tokensIn()).isEqualTo(3);
        assertThat(context.usage.tokensOut()).isEqualTo(out);
        assertThat(context.usage.costMicroUsd()).isEqualTo(300 + 1000 * out);
    }

    @Test
    void outputLimit_cutsAtAWord() throws Exception {
        JsonObject params = JsonObject.of("maxTokens", JsonValue.of(5));

        assertThat(ask(params, 1, Part.text("How do I order business cards?"))
                        .parts
                        .get(0)
                        .text())
                .hasSizeLessThanOrEqualTo(20)
                .doesNotEndWith(" ");
    }

    @Test
    void pictureAndWordlessText_areAnsweredToo() throws Exception {
        assertThat(ask(JsonObject.EMPTY, 1, Part.blob(new byte[] {1, 2}, "image/png"))
                        .parts
                        .get(0)
                        .text())
                .isNotBlank();
        assertThat(AnswerGrammar.topic("?!")).isEqualTo("matter");
    }

    @Test
    void interrupt_endsTheWait() throws Exception {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> ask("How long does a refund take?")).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }
}
