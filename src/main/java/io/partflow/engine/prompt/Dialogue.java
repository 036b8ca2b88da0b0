package io.partflow.engine.prompt;

import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.content.TextBody;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.PartException;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.processor.pace.AudioPace;
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
        STASH,
        /// They are read and kept back, but whoever speaks up ends the answer: what was said of it stays
        /// in the conversation, and its end of turn says `interrupted`, so that the rest is not played.
        ///
        /// The answer ends when somebody begins to speak, and when another question is complete: by an
        /// end of turn, or as [Speech] says. Marks of speech belong to no prompt. Transcriptions are
        /// passed on at once, on the ordinary substream; those that are final are part of the
        /// conversation. The end of the input interrupts nothing.
        INTERRUPT
    }

    /// What completes a spoken question, with [Arriving#INTERRUPT].
    public enum Speech {
        /// That nobody speaks any more. For what understands sound.
        ENDED,
        /// That the final transcription is there. For what understands text.
        TRANSCRIBED
    }

    private static final int QUEUE_PARTS = 1_000;
    private static final String ANSWERING = "model";

    private final Supplier<? extends StageBody> processor;
    private final HistoryPolicy policy;
    private final TokenCounter tokens;
    private final Arriving arriving;
    private final Speech speech;

    /// A dialogue that answers speech when it is transcribed.
    ///
    /// @param processor makes an instance for each answer
    /// @param policy what of the conversation stays
    /// @param tokens counts for the policy and the report
    public Dialogue(
            Supplier<? extends StageBody> processor, HistoryPolicy policy, TokenCounter tokens, Arriving arriving) {
        this(processor, policy, tokens, arriving, Speech.TRANSCRIBED);
    }

    /// @param processor makes an instance for each answer
    /// @param policy what of the conversation stays
    /// @param tokens counts for the policy and the report
    public Dialogue(
            Supplier<? extends StageBody> processor,
            HistoryPolicy policy,
            TokenCounter tokens,
            Arriving arriving,
            Speech speech) {
        this.processor = processor;
        this.policy = policy;
        this.tokens = tokens;
        this.arriving = arriving;
        this.speech = speech;
    }

    @Override
    protected void process(PartStream input, PartContext context) throws Exception {
        Talk talk = new Talk(context);
        switch (arriving) {
            case WAIT -> talk.inTurn(input);
            case STASH, INTERRUPT -> {
                try (RunScope scope = new RunScope("dialogue")) {
                    Handover results = new Handover(QUEUE_PARTS);
                    Handover.Lane lane = results.open();
                    results.close();
                    if (!scope.fork(results.watched(() -> talk.listen(input, scope, results, lane)))) {
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
        private @Nullable Thread answerer;
        private boolean cut;

        Talk(PartContext context) {
            this.context = context;
            prompt = new RollingPrompt(policy, tokens, context.clock());
            prompt.noteSteps();
        }

        void inTurn(PartStream input) throws Exception {
            for (Part part = input.next(); part != null; part = input.next()) {
                if (heard(part)) {
                    answer(question(), context, null);
                }
            }
            if (asked) {
                answer(question(), context, null);
            }
        }

        void listen(PartStream input, RunScope scope, Handover results, Handover.Lane lane) throws Exception {
            if (arriving == Arriving.INTERRUPT) {
                live(input, scope, results, lane);
            } else {
                listening(input, scope, results, lane);
            }
        }

        /// Reads on while an answer is under way, and ends it when somebody speaks up.
        private void live(PartStream input, RunScope scope, Handover results, Handover.Lane lane) throws Exception {
            for (Part part = input.next(); part != null; part = input.next()) {
                boolean transcript = part.substream().equals(SpeechMarks.TRANSCRIPTION);
                boolean completes = transcript
                        ? SpeechMarks.isFinal(part) && speech == Speech.TRANSCRIBED
                        : part.isEndOfTurn() || (SpeechMarks.isEnd(part) && speech == Speech.ENDED);
                Part plain = transcript ? part.withSubstream(Substream.DEFAULT) : part;
                if (transcript) {
                    lane.put(plain);
                }
                if (completes || SpeechMarks.isStart(part)) {
                    silence();
                }
                if (transcript ? SpeechMarks.isFinal(part) : !SpeechMarks.isStart(part) && !SpeechMarks.isEnd(part)) {
                    keep(plain);
                }
                PendingPrompt question = completes ? begun() : null;
                if (question != null && !scope.fork(results.watched(() -> converse(question, lane, scope)))) {
                    throw new InterruptedException("cancelled before an answer");
                }
            }
            if (awaitSilence()) {
                answer(question(), lane::put, scope);
            }
            lane.end();
        }

        /// Ends the answer that is under way, if one is, and waits until it has ended.
        private void silence() throws InterruptedException {
            lock.lock();
            try {
                if (answering) {
                    cut = true;
                    if (answerer != null) {
                        answerer.interrupt();
                    }
                }
            } finally {
                lock.unlock();
            }
            var unused = awaitSilence();
        }

        /// Adds a part to the conversation, or to what waits until the answer has ended.
        private void keep(Part part) {
            lock.lock();
            try {
                if (answering) {
                    prompt.stash(part);
                    stashed = true;
                } else {
                    var unused = heard(part);
                }
            } finally {
                lock.unlock();
            }
        }

        /// The question that is complete now; null where nothing was asked.
        private @Nullable PendingPrompt begun() {
            lock.lock();
            try {
                if (!asked) {
                    return null;
                }
                answering = true;
                cut = false;
                return question();
            } finally {
                lock.unlock();
            }
        }

        /// Reads on while answers are under way on threads of their own.
        private void listening(PartStream input, RunScope scope, Handover results, Handover.Lane lane)
                throws Exception {
            for (Part part = input.next(); part != null; part = input.next()) {
                PendingPrompt question = stashedOrAsked(part);
                if (question != null && !scope.fork(results.watched(() -> converse(question, lane, scope)))) {
                    throw new InterruptedException("cancelled before an answer");
                }
            }
            if (awaitSilence()) {
                answer(question(), lane::put, scope);
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

        /// @param scope of the threads that answer; null on the stage's own thread, where nobody interrupts an answer
        private void answer(PendingPrompt question, PartEmitter out, @Nullable RunScope scope) throws Exception {
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
                if (isWanted()) {
                    call.run(processor, question);
                }
            } catch (PartException e) {
                call.fail(e.failure());
            } catch (Exception e) {
                // Whatever an interrupted answer ends with is no failure, unless all is to end.
                if (!isCut() || scope == null || scope.isCancelled()) {
                    throw e;
                }
            } finally {
                leave();
            }
            Part end = Part.endOfTurn().withRole(ANSWERING);
            out.emit(isCut() ? end.withMetadata(AudioPace.INTERRUPTED, JsonBoolean.TRUE) : end);
            remember(end);
        }

        /// Whether nobody has spoken up before the answer began; from now on it can be interrupted.
        private boolean isWanted() {
            lock.lock();
            try {
                answerer = cut ? null : Thread.currentThread();
                return !cut;
            } finally {
                lock.unlock();
            }
        }

        private boolean isCut() {
            lock.lock();
            try {
                return cut;
            } finally {
                lock.unlock();
            }
        }

        /// From now on the answer cannot be interrupted; an interrupt that came too late to matter is forgotten.
        private void leave() {
            lock.lock();
            try {
                answerer = null;
                if (cut) {
                    var unused = Thread.interrupted();
                }
            } finally {
                lock.unlock();
            }
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
        private void converse(PendingPrompt first, Handover.Lane lane, RunScope scope) throws Exception {
            for (PendingPrompt question = first; question != null; question = next()) {
                answer(question, lane::put, scope);
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
