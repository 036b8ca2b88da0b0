package io.partflow.engine.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartException;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.RunScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WindowConcurrencyTest {
    private final TokenCounter tokens = new TokenCounter();
    private final FakeContext context = new FakeContext();

    /// A processor made of a function.
    private static final class Made extends Processor {
        @FunctionalInterface
        interface Work {
            void run(PartStream input, PartContext context) throws Exception;
        }

        private final Work work;

        Made(Work work) {
            this.work = work;
        }

        @Override
        protected void process(PartStream input, PartContext context) throws Exception {
            work.run(input, context);
        }
    }

    /// Turns of one part each, as many as are asked for.
    private static PartStream turns(int count) {
        AtomicInteger next = new AtomicInteger();
        return () -> next.get() == count ? null : turn(next.getAndIncrement());
    }

    private static Part turn(int i) {
        return Part.text("t" + i).withMetadata(Part.TURN_COMPLETE, JsonBoolean.TRUE);
    }

    private Window window(Supplier<Processor> processor, Window.Settings settings) {
        return new Window(processor, new KeepLastTurns(1), tokens, settings);
    }

    private static @Nullable Part last(PartStream input) throws InterruptedException {
        Part last = null;
        for (Part part = input.next(); part != null; part = input.next()) {
            last = part;
        }
        return last;
    }

    private List<String> texts() {
        return context.parts.stream()
                .filter(part -> !part.isEndOfTurn())
                .map(Part::text)
                .toList();
    }

    @Test
    void windows_thatEndInReverse_leaveInOrder() throws Exception {
        List<CountDownLatch> done = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            done.add(new CountDownLatch(1));
        }
        Window window = window(
                () -> new Made((input, out) -> {
                    Part last = last(input);
                    int index = last == null ? 4 : Integer.parseInt(last.text().substring(1));
                    if (index < 4) {
                        done.get(index + 1).await();
                    }
                    out.emit(Part.text("w" + index));
                    done.get(index).countDown();
                }),
                Window.Settings.DEFAULT.withMaxConcurrent(5));

        window.run(turns(4), context);

        assertThat(texts()).containsExactly("w0", "w1", "w2", "w3", "w4");
        assertThat(context.parts.stream().filter(Part::isEndOfTurn)).hasSize(5);
    }

    @Test
    void results_ofManyWindows_areThoseOfOneAfterTheOther() throws Exception {
        Window window = window(
                () -> new Made((input, out) -> {
                    Part last = last(input);
                    for (int i = 0; i < 3; i++) {
                        out.emit(Part.text((last == null ? "end" : last.text()) + "." + i));
                    }
                }),
                new Window.Settings(1, 8, 1));
        List<String> expected = new ArrayList<>();
        for (int turn = 0; turn <= 500; turn++) {
            for (int i = 0; i < 3; i++) {
                expected.add((turn == 500 ? "end" : "t" + turn) + "." + i);
            }
        }

        window.run(turns(500), context);

        assertThat(texts()).isEqualTo(expected);
    }

    @Test
    void windowsAtOnce_areAtMostThoseAllowed() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Window window = window(
                () -> new Made((input, out) -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    var unused = last(input);
                    now.decrementAndGet();
                }),
                Window.Settings.DEFAULT.withMaxConcurrent(3));

        window.run(turns(200), context);

        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void whatWindowsSpend_sideBySide_addsUp() throws Exception {
        Window window = window(
                () -> new Made((input, out) -> {
                    for (int i = 0; i < 200; i++) {
                        out.spend(new Usage(1, 0, 0));
                    }
                    var unused = last(input);
                }),
                Window.Settings.DEFAULT);

        window.run(turns(200), context);

        assertThat(context.usage.tokensIn()).isEqualTo(201 * 200);
    }

    @Test
    void window_thatReadsNothing_stopsNobody() throws Exception {
        Window window =
                window(() -> new Made((input, out) -> out.emit(Part.text("early"))), new Window.Settings(1, 1, 1));

        window.run(turns(50), context);

        assertThat(texts()).hasSize(51).containsOnly("early");
    }

    @Test
    void window_answersBeforeItsTurnIsComplete() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        Window window = window(
                () -> new Made((input, out) -> {
                    for (Part part = input.next(); part != null; part = input.next()) {
                        out.emit(Part.text("saw " + part.text()));
                        answered.countDown();
                    }
                }),
                Window.Settings.DEFAULT);
        AtomicInteger read = new AtomicInteger();

        window.run(
                () -> switch (read.getAndIncrement()) {
                    case 0 -> Part.text("first");
                    case 1 -> {
                        answered.await();
                        yield turn(1);
                    }
                    default -> null;
                },
                context);

        assertThat(texts()).containsExactly("saw first", "saw t1");
    }

    @Test
    void badPart_inOneWindow_isReportedAndTheOthersStand() throws Exception {
        Window window = window(
                () -> new Made((input, out) -> {
                    Part last = last(input);
                    if (last != null && last.text().equals("t1")) {
                        throw new PartException(Failure.of("BAD", "This is bad.", "Mend it."));
                    }
                    out.emit(Part.text(last == null ? "end" : last.text()));
                }),
                Window.Settings.DEFAULT);

        window.run(turns(3), context);

        assertThat(texts()).containsExactly("t0", "t2", "end");
        assertThat(context.codes()).containsExactly("BAD");
        assertThat(context.parts.stream().filter(Part::isEndOfTurn)).hasSize(4);
    }

    @Test
    void failure_ofOneWindow_endsAllOfAnEndlessStream() {
        AtomicInteger made = new AtomicInteger();
        Window window = window(
                () -> {
                    int index = made.getAndIncrement();
                    return new Made((input, out) -> {
                        var unused = last(input);
                        if (index == 100) {
                            throw new IllegalStateException("window " + index);
                        }
                    });
                },
                Window.Settings.DEFAULT);

        assertThatThrownBy(() -> window.run(turns(-1), context))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("window 100");
    }

    @Test
    void cancel_ofAnEndlessStreamWhoseWindowHangs_leavesNothing() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        Window window = window(
                () -> new Made((input, out) -> {
                    hanging.countDown();
                    new CountDownLatch(1).await();
                }),
                new Window.Settings(1, 2, 4));
        try (RunScope scope = new RunScope("test")) {
            CountDownLatch over = new CountDownLatch(1);
            scope.fork(() -> {
                try {
                    window.run(turns(-1), context);
                } finally {
                    over.countDown();
                }
            });
            hanging.await();
            scope.cancel();
            over.await();
        }

        assertThat(texts()).isEmpty();
    }

    @Test
    void settings_thatMakeNoSense_areRefusedByName() {
        assertThatThrownBy(() -> new Window.Settings(0, 1, 1)).hasMessageContaining("stride is 0");
        assertThatThrownBy(() -> new Window.Settings(1, 0, 1)).hasMessageContaining("at once is 0");
        assertThatThrownBy(() -> new Window.Settings(1, 1, 0)).hasMessageContaining("queue is 0");
    }
}
