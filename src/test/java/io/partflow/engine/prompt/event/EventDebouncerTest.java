package io.partflow.engine.prompt.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.stream.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventDebouncerTest {
    private final ManualClock clock = new ManualClock();
    private final EventDebouncer debouncer = new EventDebouncer(clock);

    private static Part event(String type) {
        return Part.text("event").withMetadata(EventDebouncer.EVENT_TYPE, JsonValue.of(type));
    }

    @Test
    void secondOfItsType_withinASecond_isHeldOff() {
        assertThat(debouncer.admits(event("door"))).isTrue();
        clock.advanceMillis(999);
        assertThat(debouncer.admits(event("door"))).isFalse();
        clock.advanceMillis(1);
        assertThat(debouncer.admits(event("door"))).isTrue();
    }

    @Test
    void heldOffEvent_doesNotProlongTheInterval() {
        assertThat(debouncer.admits(event("door"))).isTrue();
        clock.advanceMillis(600);
        assertThat(debouncer.admits(event("door"))).isFalse();
        clock.advanceMillis(400);
        assertThat(debouncer.admits(event("door"))).isTrue();
    }

    @Test
    void otherType_passes_andThoseWithoutOneShareOne() {
        assertThat(debouncer.admits(event("door"))).isTrue();
        assertThat(debouncer.admits(event("window"))).isTrue();
        assertThat(debouncer.admits(Part.text("a"))).isTrue();
        assertThat(debouncer.admits(Part.text("b"))).isFalse();
        assertThat(debouncer.admits(event(EventDebouncer.UNKNOWN))).isFalse();
    }

    @Test
    void firstEvent_atAnyTimeOfTheClock_passes() {
        clock.advance(Duration.ofSeconds(-5));

        assertThat(debouncer.admits(event("door"))).isTrue();
        assertThat(debouncer.admits(event("door"))).isFalse();
    }

    @Test
    void zeroInterval_letsAllPass_andANegativeOneIsRefused() {
        EventDebouncer open = new EventDebouncer(clock, Duration.ZERO);
        assertThat(open.admits(event("door"))).isTrue();
        assertThat(open.admits(event("door"))).isTrue();
        assertThatThrownBy(() -> new EventDebouncer(clock, Duration.ofMillis(-1)))
                .hasMessageContaining("-0.001");
    }

    @Test
    void typesBeyondTheMost_forgetTheOneThatPassedLongestAgo() {
        for (int i = 0; i <= 10_000; i++) {
            assertThat(debouncer.admits(event("type " + i))).isTrue();
        }

        assertThat(debouncer.admits(event("type 10000"))).isFalse();
        assertThat(debouncer.admits(event("type 0"))).isTrue();
    }

    @Test
    void rule_debounced_givesWhatMayPass() {
        EventRule rule = EventRule.EVERY_PART.debounced(debouncer);

        assertThat(rule.events(List.of(event("door"), event("door"), event("window"))))
                .containsExactly(event("door"), event("window"));
        clock.advanceMillis(1_000);
        assertThat(rule.events(List.of(event("door")))).hasSize(1);
    }
}
