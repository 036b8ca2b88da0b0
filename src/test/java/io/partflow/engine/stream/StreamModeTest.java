package io.partflow.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamModeTest {
    @Test
    void pair_isReadAsQueueAndBatch() {
        StreamMode mode = StreamMode.of("500/5");

        assertThat(mode.queueParts()).isEqualTo(500);
        assertThat(mode.batchParts()).isEqualTo(5);
        assertThat(StreamMode.of(mode.id())).isEqualTo(mode);
        assertThat(StreamMode.of("balanced")).isSameAs(StreamMode.BALANCED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "5/500", "0/0", "2000000/1", "500/", "-1/1"})
    void whatIsNeither_isRefusedInWords(String id) {
        assertThatThrownBy(() -> StreamMode.of(id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be");
    }
}
