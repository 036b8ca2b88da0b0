package io.partflow.ui.inspect.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ParamType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldViewModelTest {
    private final List<Optional<JsonValue>> edits = new ArrayList<>();

    private FieldViewModel field(ParamSpec spec, JsonValue given) {
        return new FieldViewModel(spec, given, value -> edits.add(Optional.ofNullable(value)));
    }

    @ParameterizedTest
    @CsvSource({
        "BYTES, 64 MiB, B, 67108864",
        "BYTES, 64M, B, 67108864",
        "BYTES, 1.5 kb, B, 1536",
        "BYTES, 32, MiB, 33554432",
        "DURATION, 90 s, ms, 90000",
        "DURATION, 1.5 h, s, 5400000",
        "DURATION, 2 m, s, 120000",
        "DURATION, 250, ms, 250",
        "'INT', '1,200', '', 1200"
    })
    void whatAUserTypes_isReadInAnyUnit(ParamType type, String text, String unit, long value) {
        assertThat(Quantity.parse(type, text, unit == null ? "" : unit)).contains(JsonValue.of(value));
    }

    @Test
    void whatIsNoNumber_isNotRead() {
        for (String text : List.of("", "x", "1 parsec", "--1", "1.5.2", "99999999999999999999 GiB")) {
            assertThat(Quantity.parse(ParamType.BYTES, text, "B")).as(text).isEmpty();
        }
        assertThat(Quantity.parse(ParamType.INT, "1.5", "")).isEmpty();
    }

    @Test
    void aSizeOrTime_isShownInTheLargestWholeUnit() {
        assertThat(Quantity.of(ParamType.BYTES, "", JsonValue.of(64L << 20))).isEqualTo(new Quantity("64", "MiB"));
        assertThat(Quantity.of(ParamType.BYTES, "", JsonValue.of(1_500))).isEqualTo(new Quantity("1,500", "B"));
        assertThat(Quantity.of(ParamType.DURATION, "ms", JsonValue.of(90_000))).isEqualTo(new Quantity("90", "s"));
        assertThat(Quantity.of(ParamType.DURATION, "ms", JsonValue.of(1_200))).isEqualTo(new Quantity("1,200", "ms"));
        assertThat(Quantity.of(ParamType.INT, "tokens", JsonValue.of(1_200)))
                .isEqualTo(new Quantity("1,200", "tokens"));
    }

    @Test
    void aRightValue_goesOutOnCommit_once() {
        FieldViewModel field = field(ParamSpec.integer("n", "Count", "", 5).withRange(1, 10), null);

        field.textProperty().set("7");
        assertThat(edits).as("only typed").isEmpty();
        field.commit();
        field.commit();

        assertThat(edits).containsExactly(Optional.of(JsonValue.of(7)));
    }

    @Test
    void theDefault_goesOutAsNothing() {
        FieldViewModel field = field(ParamSpec.integer("n", "Count", "", 5), JsonValue.of(7));

        field.enter("");

        assertThat(edits).containsExactly(Optional.empty());
        assertThat(field.textProperty().get()).isEqualTo("5");
    }

    @Test
    void aWrongValue_isToldWithTheAllowedRange_andStaysHere() {
        FieldViewModel field = field(ParamSpec.bytes("b", "Piece", "", 2_048).withRange(1_024, 1 << 20), null);

        field.enter("1 GiB");

        assertThat(edits).isEmpty();
        assertThat(field.errorProperty().get()).contains("Piece", "1 KiB", "1 MiB");
        assertThat(field.textProperty().get()).isEqualTo("1 GiB");
        field.revert();
        assertThat(field.errorProperty().get()).isEmpty();
        assertThat(field.textProperty().get()).isEqualTo("2");
    }

    @Test
    void aValueFromOutside_isShown_unlessTheUserIsTyping() {
        FieldViewModel field = field(ParamSpec.integer("n", "Count", "", 5), null);

        field.show(JsonValue.of(6));
        assertThat(field.textProperty().get()).isEqualTo("6");
        field.textProperty().set("77");
        field.show(JsonValue.of(8));
        assertThat(field.textProperty().get()).isEqualTo("77");
        assertThat(edits).isEmpty();
    }

    @Test
    void listsFlagsAndSecrets_haveTheirJsonForms() {
        field(ParamSpec.list("l", "Lines", ""), null).enter(" a \n\n b");
        field(ParamSpec.secret("s", "Key", ""), null).enter("API_KEY");
        FieldViewModel flag = field(ParamSpec.flag("f", "On", "", false), null);
        flag.flagProperty().set(true);
        flag.commit();

        assertThat(edits)
                .containsExactly(
                        Optional.of(JsonArray.of(JsonValue.of("a"), JsonValue.of("b"))),
                        Optional.of(JsonObject.of("env", JsonValue.of("API_KEY"))),
                        Optional.of(JsonValue.of(true)));
    }
}
