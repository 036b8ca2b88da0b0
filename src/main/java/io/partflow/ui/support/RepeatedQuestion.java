package io.partflow.ui.support;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that is asked again and again and may take a while, as a disk may be behind it: asked in the background,
/// once at a time, and answered on the thread of the views. Confined to that thread.
///
/// @param <T> the answer
public final class RepeatedQuestion<T extends @Nullable Object> {
    private final Supplier<T> question;
    private final Consumer<T> answered;
    private final Executor background;
    private final Executor fx;
    private boolean asking;
    private boolean again;
    private long dropped;

    /// @param background where the question is asked
    /// @param fx leads back to the thread of the views
    /// @param answered hears every answer
    public RepeatedQuestion(Supplier<T> question, Executor background, Executor fx, Consumer<T> answered) {
        this.question = question;
        this.answered = answered;
        this.background = background;
        this.fx = fx;
    }

    /// Asks; while an answer is on its way, once more after it, as it may be too old already.
    public void ask() {
        if (asking) {
            again = true;
            return;
        }
        asking = true;
        long now = dropped;
        background.execute(() -> {
            T answer;
            try {
                answer = question.get();
            } catch (RuntimeException | Error broken) {
                fx.execute(() -> {
                    asking = false;
                    throw broken;
                });
                return;
            }
            fx.execute(() -> take(now, answer));
        });
    }

    /// Asks, unless an answer is on its way.
    public void askIfIdle() {
        if (!asking) {
            ask();
        }
    }

    /// Lets the answer that is on its way be heard by nobody, as what was asked about is not shown any more.
    public void drop() {
        dropped++;
    }

    private void take(long asked, T answer) {
        asking = false;
        if (asked == dropped) {
            answered.accept(answer);
        }
        if (again) {
            again = false;
            ask();
        }
    }
}
