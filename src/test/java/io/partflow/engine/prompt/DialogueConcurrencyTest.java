package io.partflow.engine.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartException;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.prompt.Dialogue.Arriving;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class DialogueConcurrencyTest {
    private final FakeContext context = new FakeContext();
    private final List<List<String>> prompts = Collections.synchronizedList(new ArrayList<>());

    @FunctionalInterface
    private interface Work {
        void on(List<String> prompt, PartContext context) throws Exception;
    }

    private Dialogue dialogue(HistoryPolicy policy, Arriving arriving, Work work) {
        return new Dialogue(
                () -> new Processor() {
                    @Override
                    protected void process(PartStream input, PartContext call) throws Exception {
                        List<String> prompt = new ArrayList<>();
                        for (Part part = input.next(); part != null; part = input.next()) {
                            prompt.add(part.text());
                        }
                        prompts.add(prompt);
                        work.on(prompt, call);
                    }
                },
                policy,
                new TokenCounter(),
                arriving);
    }

    private static Part question(String text) {
        return Part.text(text, "user").withMetadata(Part.TURN_COMPLETE, JsonBoolean.TRUE);
    }

    private static PartStream stream(Part... parts) {
        AtomicInteger next = new AtomicInteger();
        return () -> next.get() == parts.length ? null : parts[next.getAndIncrement()];
    }

    private List<String> said() {
        return context.parts.stream().map(Part::text).toList();
    }

    @Test
    void questions_areAnsweredOneByOne_withTheEarlierAnswersInView() throws Exception {
        Dialogue dialogue = dialogue(HistoryPolicy.KEEP_ALL, Arriving.WAIT, (prompt, call) -> {
            call.emit(Part.text("answer to " + prompt.getLast()));
            call.emit(Part.text("thinking").withSubstream(Substream.DEBUG));
        });

        dialogue.run(stream(Part.text("well"), question("q1"), question("q2"), Part.text("q3")), context);

        assertThat(said())
                .containsExactly(
                        "answer to q1", "thinking", "", "answer to q2", "thinking", "", "answer to q3", "thinking", "");
        assertThat(prompts)
                .containsExactly(
                        List.of("well", "q1"),
                        List.of("well", "q1", "answer to q1", "", "q2"),
                        List.of("well", "q1", "answer to q1", "", "q2", "answer to q2", "", "q3"));
        assertThat(context.parts.get(2).isEndOfTurn()).isTrue();
        assertThat(context.parts.get(2).role()).isEqualTo("model");
        assertThat(context.prompts.getLast().partsKept()).isEqualTo(10);
    }

    @Test
    void answer_endsOnce_whateverTheProcessorSays() throws Exception {
        Dialogue dialogue = dialogue(HistoryPolicy.KEEP_ALL, Arriving.WAIT, (prompt, call) -> {
            call.emit(question("yes"));
            call.emit(Part.endOfTurn());
        });

        dialogue.run(stream(question("q1")), context);

        assertThat(said()).containsExactly("yes", "");
        assertThat(context.parts.getFirst().isEndOfTurn()).isFalse();
    }

    @Test
    void policy_keepsThePromptShort() throws Exception {
        Dialogue dialogue = dialogue(
                new KeepLastTurns(3), Arriving.WAIT, (prompt, call) -> call.emit(Part.text("a" + prompts.size())));

        dialogue.run(stream(question("q1"), question("q2"), question("q3")), context);

        assertThat(prompts).last().isEqualTo(List.of("q2", "a2", "", "q3"));
        assertThat(context.prompts.getLast().partsDropped()).isPositive();
    }

    @Test
    void partsThatArriveDuringAnAnswer_areStashed_andAnsweredTogether() throws Exception {
        CountDownLatch allRead = new CountDownLatch(1);
        Part[] parts = {question("q1"), Part.text("a bit"), question("q2"), question("q3"), Part.text("rest")};
        AtomicInteger next = new AtomicInteger();
        PartStream input = () -> {
            if (next.get() == parts.length) {
                allRead.countDown();
                return null;
            }
            return parts[next.getAndIncrement()];
        };
        Dialogue dialogue = dialogue(HistoryPolicy.KEEP_ALL, Arriving.STASH, (prompt, call) -> {
            allRead.await();
            call.emit(Part.text("answer " + prompts.size()));
        });

        dialogue.run(input, context);

        assertThat(said()).containsExactly("answer 1", "", "answer 2", "");
        assertThat(prompts).containsExactly(List.of("q1"), List.of("q1", "answer 1", "", "a bit", "q2", "q3", "rest"));
    }

    private static Part mark(String name) {
        return Part.text("{}").withMimeType("application/json; type=" + name);
    }

    private static Part transcription(String text, boolean last) {
        return Part.text(text, "user")
                .withSubstream("input_transcription")
                .withMetadata("is_final", new JsonBoolean(last));
    }

    @Test
    void startOfSpeech_interruptsTheAnswer_ofWhichStaysWhatWasSaid() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Part[] parts = {
            transcription("what is", false),
            transcription("what is a part?", true),
            Part.text("meanwhile"),
            mark("StartOfSpeech"),
            mark("EndOfSpeech"),
            transcription("no, a turn", true)
        };
        AtomicInteger next = new AtomicInteger();
        PartStream input = () -> {
            if (next.get() == 2) {
                begun.await();
            }
            return next.get() == parts.length ? null : parts[next.getAndIncrement()];
        };
        CountDownLatch never = new CountDownLatch(1);
        Dialogue dialogue = dialogue(HistoryPolicy.KEEP_ALL, Arriving.INTERRUPT, (prompt, call) -> {
            call.emit(Part.text("well,"));
            if (prompts.size() == 1) {
                begun.countDown();
                never.await();
            }
            call.emit(Part.text("a turn"));
        });

        dialogue.run(input, context);

        assertThat(prompts)
                .containsExactly(
                        List.of("what is a part?"), List.of("what is a part?", "well,", "", "meanwhile", "no, a turn"));
        assertThat(said())
                .containsExactly("what is", "what is a part?", "well,", "", "no, a turn", "well,", "a turn", "");
        assertThat(context.parts.get(3).metadata("interrupted")).isEqualTo(JsonBoolean.TRUE);
        assertThat(context.parts.getLast().metadata("interrupted")).isNull();
        assertThat(context.parts.getFirst().substream()).isEmpty();
        assertThat(context.failures).isEmpty();
    }

    @Test
    void anotherQuestion_interruptsTheAnswer_alsoOneThatSwallowsTheInterrupt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger next = new AtomicInteger();
        PartStream input = () -> {
            if (next.get() == 1) {
                begun.await();
            }
            return switch (next.getAndIncrement()) {
                case 0 -> question("q1");
                case 1 -> question("q2");
                default -> null;
            };
        };
        Dialogue dialogue = dialogue(HistoryPolicy.KEEP_ALL, Arriving.INTERRUPT, (prompt, call) -> {
            if (prompts.size() == 1) {
                begun.countDown();
                try {
                    never.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("the connection broke", e);
                }
            }
            call.emit(Part.text("answer " + prompts.size()));
        });

        dialogue.run(input, context);

        assertThat(said()).containsExactly("", "answer 2", "");
        assertThat(prompts).last().isEqualTo(List.of("q1", "", "q2"));
    }

    @Test
    void spokenQuestion_isAnsweredWhenItEnds_whereSoundIsUnderstood() throws Exception {
        Dialogue dialogue = new Dialogue(
                () -> new Processor() {
                    @Override
                    protected void process(PartStream in, PartContext call) throws Exception {
                        int heard = 0;
                        while (in.next() != null) {
                            heard++;
                        }
                        call.emit(Part.text("heard " + heard));
                    }
                },
                HistoryPolicy.KEEP_ALL,
                new TokenCounter(),
                Arriving.INTERRUPT,
                Dialogue.Speech.ENDED);
        Part sound = Part.blob(new byte[] {1, 2}, "audio/l16");

        dialogue.run(stream(mark("StartOfSpeech"), sound, sound, mark("EndOfSpeech")), context);

        assertThat(said()).containsExactly("heard 2", "");
    }

    @ParameterizedTest
    @EnumSource
    void aBadQuestion_isReported_andTheNextIsAnswered(Arriving arriving) throws Exception {
        Dialogue dialogue = dialogue(HistoryPolicy.KEEP_ALL, arriving, (prompt, call) -> {
            if (prompts.size() == 1) {
                throw new PartException(Failure.of("RUDE", "That was rude.", "Ask politely."));
            }
            call.emit(Part.text("yes"));
        });

        dialogue.run(stream(question("q1"), question("q2")), context);

        assertThat(context.codes()).containsExactly("RUDE");
        // Stashed or not, somebody answers q2, unless it came together with what failed.
        assertThat(said()).endsWith("");
    }

    @ParameterizedTest
    @EnumSource
    void anError_endsTheStream_andLeavesNoThread(Arriving arriving) {
        Dialogue dialogue = dialogue(HistoryPolicy.KEEP_ALL, arriving, (prompt, call) -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(() -> dialogue.run(stream(question("q1"), question("q2")), context))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyInput_isNotAnswered(Arriving arriving) throws Exception {
        dialogue(HistoryPolicy.KEEP_ALL, arriving, (prompt, call) -> call.emit(Part.text("?")))
                .run(stream(), context);

        assertThat(context.parts).isEmpty();
    }
}
