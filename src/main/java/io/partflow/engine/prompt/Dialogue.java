package io.partflow.engine.prompt;

import io.partflow.engine.content.Part;
import io.partflow.engine.content.TextBody;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.PartException;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.stream.RunScope;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Has a processor answer each turn of a conversation, with the conversation so far, its own answers included.
///
/// A question and its answer are a turn each. An answer begins when its question is complete, and ends with an end of
/// turn of the role `model`. Only answers are passed on. Parts left without an end of turn are answered at the end of
/// the input. An instance serves one stream.
public final class Dialogue extends Processor {
    /// What happens to parts that arrive while an answer is under way.
    public enum Arriving {
        /// They wait on the wire until the answer is complete: every question is answered by itself.
        WAIT,
        /// They are read and kept back; what came meanwhile is answered together. For sources that cannot wait.
        STASH
    }

    private static final int QUEUE_PARTS = 1_000;
    private static final String ANSWERING = "model";

    private final Supplier<? extends StageBody> processor;
    private final HistoryPolicy policy;
    private final TokenCounter tokens;
    private final Arriving arriving;

    /// @param processor makes an instance for each answer
    /// @param policy what of the conversation stays
    /// @param tokens counts for the policy and the report
    public Dialogue(
            Supplier<? extends StageBody> processor, HistoryPolicy policy, TokenCounter tokens, Arriving arriving) {
        this.processor = processor;
        this.policy = policy;
        this.tokens = tokens;
        this.arriving = arriving;
    }

    @Override
    protected void process(PartStream input, PartContext context) throws Exception {
        Talk talk = new Talk(context);
        switch (arriving) {
            case WAIT -> talk.inTurn(input);
            case STASH -> {
                try (RunScope scope = new RunScope("dialogue")) {
                    Handover results = new Handover(QUEUE_PARTS);
                    Handover.Lane lane = results.open();
                    results.close();
                    if (!scope.fork(results.watched(() -> talk.listening(input, scope, results, lane)))) {
                        throw new InterruptedException("cancelled before the first part");
                    }
                    for (Part part = results.next(); part != null; part = results.next()) {
                        context.emit(part);
                    }
                }
            }
        }
    }

    /// The conversation of one stream.
    private final class Talk {
        private final PartContext context;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition silent = lock.newCondition();
        // All that follows under the lock.
        private final RollingPrompt prompt;
        private boolean asked;
        private boolean answering;
        private boolean stashed;
        private boolean stashedEnd;

        Talk(PartContext context) {
            this.context = context;
            prompt = new RollingPrompt(policy, tokens, context.clock());
            prompt.noteSteps();
        }

        void inTurn(PartStream input) throws Exception {
            for (Part part = input.next(); part != null; part = input.next()) {
                if (heard(part)) {
                    answer(question(), context);
                }
            }
            if (asked) {
                answer(question(), context);
            }
        }

        /// Reads on while answers are under way on threads of their own.
        void listening(PartStream input, RunScope scope, Handover results, Handover.Lane lane) throws Exception {
            for (Part part = input.next(); part != null; part = input.next()) {
                PendingPrompt question = stashedOrAsked(part);
                if (question != null && !scope.fork(results.watched(() -> converse(question, lane)))) {
                    throw new InterruptedException("cancelled before an answer");
                }
            }
            if (awaitSilence()) {
                answer(question(), lane::put);
            }
            lane.end();
        }

        /// Adds a part to the conversation and says whether it completes a question.
        private boolean heard(Part part) {
            prompt.add(part);
            asked = true;
            context.report(prompt.snapshot());
            return part.isEndOfTurn();
        }

        private @Nullable PendingPrompt stashedOrAsked(Part part) {
            lock.lock();
            try {
                if (answering) {
                    prompt.stash(part);
                    stashed = true;
                    stashedEnd |= part.isEndOfTurn();
                    return null;
                }
                if (!heard(part)) {
                    return null;
                }
                answering = true;
                return question();
            } finally {
                lock.unlock();
            }
        }

        /// The conversation up to here, for the processor; what comes next belongs to the next prompt.
        private PendingPrompt question() {
            PendingPrompt question = prompt.pending();
            prompt.finish();
            asked = false;
            return question;
        }

        private void answer(PendingPrompt question, PartEmitter out) throws Exception {
            NestedCall call = new NestedCall(context, each -> {
                Part part = withoutEnd(each);
                if (part == null) {
                    return;
                }
                out.emit(part);
                if (!context.reserved().holds(part)) {
                    remember(part.role().isEmpty() ? part.withRole(ANSWERING) : part);
                }
            });
            try {
                call.run(processor, question);
            } catch (PartException e) {
                call.fail(e.failure());
            }
            Part end = Part.endOfTurn().withRole(ANSWERING);
            out.emit(end);
            remember(end);
        }

        /// The part as no end of a turn, because an answer has one of its own; null where nothing is left.
        private @Nullable Part withoutEnd(Part part) {
            if (!part.isEndOfTurn()) {
                return part;
            }
            return part.body() instanceof TextBody(String text) && text.isEmpty()
                    ? null
                    : part.withMetadata(part.metadata().without(Part.TURN_COMPLETE));
        }

        private void remember(Part part) {
            lock.lock();
            try {
                prompt.add(part);
                if (part.isEndOfTurn()) {
                    prompt.finish();
                }
                context.report(prompt.snapshot());
            } finally {
                lock.unlock();
            }
        }

        /// Answers, and then what came meanwhile, until nothing is to be answered.
        private void converse(PendingPrompt first, Handover.Lane lane) throws Exception {
            for (PendingPrompt question = first; question != null; question = next()) {
                answer(question, lane::put);
            }
        }

        private @Nullable PendingPrompt next() {
            lock.lock();
            try {
                prompt.applyStash();
                asked |= stashed;
                boolean complete = stashedEnd;
                stashed = false;
                stashedEnd = false;
                context.report(prompt.snapshot());
                if (complete) {
                    return question();
                }
                answering = false;
                silent.signalAll();
                return null;
            } finally {
                lock.unlock();
            }
        }

        /// Waits until no answer is under way, and says whether something is left to be answered.
        private boolean awaitSilence() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (answering) {
                    silent.await();
                }
                return asked;
            } finally {
                lock.unlock();
            }
        }
    }
}
