package io.partflow.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.00 KiB",
        "913408, 892 KiB",
        "104857600, 100 MiB",
        "1073741824, 1.00 GiB"
    })
    void bytes_areShownInTheLargestUnitThatFits(long bytes, String shown) {
        assertThat(Amounts.bytes(bytes)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "12300, 12.3 µs",
        "4100000, 4.10 ms",
        "612500000, 613 ms",
        "1830412345, 1.83 s",
        "119000000000, 119 s",
        "150000000000, 2 min 30 s",
        "9000000000000, 2 h 30 min",
    })
    void times_areShownWithThreeDigits(long nanos, String shown) {
        assertThat(Amounts.nanos(nanos)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0, $0", "123456, $0.1235", "4200, $0.0042", "12345678, $12.35"})
    void money_keepsSmallAmountsVisible(long microUsd, String shown) {
        assertThat(Amounts.dollars(microUsd)).isEqualTo(shown);
    }
}
