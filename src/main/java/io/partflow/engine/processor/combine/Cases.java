package io.partflow.engine.processor.combine;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.StageBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The cases of a switch under construction: the first that a part fulfils gets it. Confined to who builds the
/// switch.
///
/// @param <T> what a part is asked for before the cases look at it
/// @param <B> what a case leads to
/// @param <S> the switch
public final class Cases<T, B extends StageBody, S> {
    record Case<B>(Predicate<Part> condition, B to) {}

    private final Function<Part, T> asked;
    private final Function<List<Case<B>>, S> build;
    private final List<Case<B>> cases = new ArrayList<>();
    private boolean complete;

    Cases(Function<Part, T> asked, Function<List<Case<B>>, S> build) {
        this.asked = asked;
        this.build = build;
    }

    /// Sends parts there of which the question's answer equals `value`.
    public Cases<T, B, S> is(@Nullable T value, B to) {
        return when(answer -> Objects.equals(answer, value), to);
    }

    /// Sends parts there whose answer fulfils the condition.
    public Cases<T, B, S> when(Predicate<? super T> condition, B to) {
        if (complete) {
            throw new IllegalStateException("a case after the default would never be reached");
        }
        cases.add(new Case<>(part -> condition.test(asked.apply(part)), to));
        return this;
    }

    /// Sends all other parts there; without it they are dropped.
    public Cases<T, B, S> otherwise(B to) {
        when(answer -> true, to);
        complete = true;
        return this;
    }

    public S build() {
        return build.apply(List.copyOf(cases));
    }

    /// The index of the case that gets a part, -1 if none does.
    static int indexOf(List<? extends Case<?>> cases, Part part) {
        for (int i = 0; i < cases.size(); i++) {
            if (cases.get(i).condition().test(part)) {
                return i;
            }
        }
        return -1;
    }
}
