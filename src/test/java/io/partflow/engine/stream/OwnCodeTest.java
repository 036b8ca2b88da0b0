package io.partflow.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import org.junit.jupiter.api.Test;

/// Copies of a class do what it does, and are classes of their own.
class OwnCodeTest {
    interface Sum {
        int plus(int more);
    }

    private static final class Counter implements Sum {
        private int sum;

        Counter(int start) {
            sum = start;
        }

        @Override
        public int plus(int more) {
            sum += more;
            return sum;
        }
    }

    private static Sum copy(int start) throws Throwable {
        MethodHandle made = OwnCode.constructor(MethodHandles.lookup(), Counter.class, int.class);
        return (Sum) made.invoke(start);
    }

    @Test
    void copies_areOfClassesOfTheirOwn_andDoTheSame() throws Throwable {
        Sum one = copy(1);
        Sum other = copy(10);

        assertThat(one.getClass()).isNotEqualTo(other.getClass()).isNotEqualTo(Counter.class);
        assertThat(one.plus(2)).isEqualTo(3);
        assertThat(other.plus(2)).isEqualTo(12);
    }

    @Test
    void constructor_withOtherParameters_saysSo() {
        assertThatThrownBy(() -> OwnCode.constructor(MethodHandles.lookup(), Counter.class, String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Counter");
    }
}
