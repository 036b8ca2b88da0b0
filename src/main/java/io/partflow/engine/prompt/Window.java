package io.partflow.engine.prompt;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartException;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.stream.RunScope;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs a processor on a window that slides over the conversation: what a policy leaves of the history, and the
/// present turn up to its end.
///
/// A window begins with the stream and after each turn, or each n-th of them. It reads its parts as they
/// arrive, so its processor can begin before the turn is complete. Windows run side by side, their results
/// leave in window order, each followed by an end of turn. An input that ends with a turn still gives a
/// last window, on the history alone. What a window answers is no part of the conversation. An instance
/// serves one stream.
public final class Window extends Processor {
    /*
     * Why nothing stands still. Results of a window wait in a bounded lane until it is the window's turn; the reader
     * of the input waits while as many windows as allowed are under way, and while the present window has too much
     * unread. All windows before the present one have their whole input, so the first of them always ends: its lane
     * is
     * being read. Then the next one is first, up to the present one, whose reader waits for nobody before it any
     * more.
     */

    /// How windows are made.
    ///
    /// @param stride one window for every so many turns, at least 1
    /// @param maxConcurrent the most windows under way at once, at least 1
    /// @param queueParts the most parts of a window that wait to be read, and of its results that wait for
    /// their turn; at least 1
    public record Settings(int stride, int maxConcurrent, int queueParts) {
        /// Every turn, 16 windows at once, 1,000 parts.
        public static final Settings DEFAULT = new Settings(1, 16, 1_000);

        public Settings {
            atLeastOne("stride", stride);
            atLeastOne("most windows at once", maxConcurrent);
            atLeastOne("queue", queueParts);
        }

        private static void atLeastOne(String what, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(what + " is " + value + "; it must be at least 1");
            }
        }

        public Settings withStride(int turns) {
            return new Settings(turns, maxConcurrent, queueParts);
        }

        public Settings withMaxConcurrent(int windows) {
            return new Settings(stride, windows, queueParts);
        }
    }

    private final Supplier<? extends StageBody> processor;
    private final HistoryPolicy policy;
    private final TokenCounter tokens;
    private final Settings settings;

    /// @param processor makes an instance for each window
    /// @param policy what of the history stands before the turn
    /// @param tokens counts for the policy and the report
    public Window(
            Supplier<? extends StageBody> processor, HistoryPolicy policy, TokenCounter tokens, Settings settings) {
        this.processor = processor;
        this.policy = policy;
        this.tokens = tokens;
        this.settings = settings;
    }

    @Override
    protected void process(PartStream input, PartContext context) throws Exception {
        try (RunScope scope = new RunScope("window")) {
            Handover results = new Handover(settings.queueParts());
            Reader reader = new Reader(input, context, scope, results);
            if (!scope.fork(results.watched(reader::read))) {
                throw new InterruptedException("cancelled before the first window");
            }
            for (Part part = results.next(); part != null; part = results.next()) {
                context.emit(part);
            }
        }
    }

    /// Reads the conversation and opens the windows. Confined to its thread.
    private final class Reader {
        private final PartStream input;
        private final PartContext context;
        private final RunScope scope;
        private final Handover results;
        private final Semaphore free = new Semaphore(settings.maxConcurrent());
        private final RollingPrompt prompt;

        Reader(PartStream input, PartContext context, RunScope scope, Handover results) {
            this.input = input;
            this.context = context;
            this.scope = scope;
            this.results = results;
            prompt = new RollingPrompt(policy, tokens, context.clock());
            prompt.noteSteps();
        }

        void read() throws InterruptedException {
            @Nullable PendingPrompt present = open();
            long turns = 0;
            for (Part part = input.next(); part != null; part = input.next()) {
                if (present != null) {
                    present.awaitUnreadBelow(settings.queueParts());
                }
                prompt.add(part);
                if (part.isEndOfTurn()) {
                    prompt.finish();
                    turns++;
                    present = turns % settings.stride() == 0 ? open() : null;
                }
                context.report(prompt.snapshot());
            }
            prompt.finish();
            results.close();
        }

        private PendingPrompt open() throws InterruptedException {
            free.acquire();
            PendingPrompt window = prompt.pending();
            Handover.Lane lane = results.open();
            if (!scope.fork(results.watched(() -> work(window, lane)))) {
                throw new InterruptedException("cancelled before a window");
            }
            return window;
        }

        private void work(PendingPrompt window, Handover.Lane lane) throws Exception {
            NestedCall call = new NestedCall(context, lane::put);
            try {
                call.run(processor, window);
            } catch (PartException e) {
                call.fail(e.failure());
            }
            lane.put(Part.endOfTurn());
            lane.end();
            free.release();
        }
    }
}
