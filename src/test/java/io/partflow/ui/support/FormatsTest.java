package io.partflow.ui.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1|-",
                "0|0 B",
                "1023|1023 B",
                "1024|1.0 KiB",
                "3072|3.0 KiB",
                "217088|212 KiB",
                "1048064|1.0 MiB",
                "65011712|62.0 MiB",
                "1073741824|1.0 GiB"
            })
    void bytes_anySize_largestUnitWithOneDecimalBelowHundred(long bytes, String expected) {
        assertEquals(expected, Formats.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1|-",
                "600000|0.6 ms",
                "702000000|702 ms",
                "6100000000|6.1 s",
                "41000000000|41 s",
                "60000000000|1 min",
                "768000000000|12 min 48 s",
                "7380000000000|2 h 3 min",
                "273600000000000|3 d 4 h"
            })
    void duration_anyLength_atMostTwoUnits(long nanos, String expected) {
        assertEquals(expected, Formats.durationNanos(nanos));
    }

    @Test
    void duration_object_sameAsNanos() {
        assertEquals("2 h 3 min", Formats.duration(Duration.ofMinutes(123)));
    }

    @Test
    void percent_known_oneDecimal() {
        assertEquals("71.0 %", Formats.percent(0.71));
        assertEquals("71.0 %", Formats.percent(OptionalDouble.of(0.71)));
        assertEquals("97 %", Formats.wholePercent(0.968));
    }

    @Test
    void percent_unknown_dashAndNeverZero() {
        assertEquals("-", Formats.percent(Double.NaN));
        assertEquals("-", Formats.percent(OptionalDouble.empty()));
        assertEquals("-", Formats.perSecond(Double.NaN));
    }

    @Test
    void counts_thousands_groupedByComma() {
        assertEquals("20,600", Formats.count(20_600));
        assertEquals("1 part", Formats.count(1, "part", "parts"));
        assertEquals("3,020 parts", Formats.count(3_020, "part", "parts"));
    }

    @Test
    void rates_smallAndLarge_decimalOnlyBelowTen() {
        assertEquals("0/s", Formats.perSecond(0));
        assertEquals("6.4/s", Formats.perSecond(6.4));
        assertEquals("38/s", Formats.perSecond(38.2));
        assertEquals("1,200/s", Formats.perSecond(1_200));
    }

    @Test
    void millis_hitFasterThanATenth_isNotWrittenAsZero() {
        assertEquals("0.02", Formats.millis(0.02));
        assertEquals("0.6", Formats.millis(0.6));
        assertEquals("608", Formats.millis(608));
        assertEquals("-", Formats.millis(Double.NaN));
    }

    @Test
    void clock_belowAndAboveOneHour_leadingZeros() {
        assertEquals("02:48", Formats.clock(168.9));
        assertEquals("1:02:48", Formats.clock(3_768));
    }

    @Test
    void formats_otherDefaultLocale_stayEnglish() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals("1,115", Formats.millis(1_115));
            assertEquals("45.4", Formats.mebibytes(45.4 * 1024 * 1024));
        } finally {
            Locale.setDefault(before);
        }
    }
}
