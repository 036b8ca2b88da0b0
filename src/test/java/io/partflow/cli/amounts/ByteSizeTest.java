package io.partflow.cli.amounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "100MiB, 104857600",
        "100mib, 104857600",
        "1.5 GiB, 1610612736",
        "64kB, 64000",
        "64K, 65536",
        "2MB, 2000000",
        "512B, 512",
        "3TiB, 3298534883328",
    })
    void size_withAUnit_isRead(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "-1", "0", "0.4", "1e9", "100 parts", "9999999999TiB"})
    void size_thatIsNone_isRefusedByName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteSize.parse(text))
                .withMessageContaining("\"" + text + "\"");
    }
}
