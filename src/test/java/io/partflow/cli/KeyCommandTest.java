package io.partflow.cli;

import static io.partflow.cli.Invocation.partflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.PeerVectors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyCommandTest {
    private static final String HELLO = "[{\"part\": {\"text\": \"hello\"}}]";
    private static final String HELLO_KEY = "61780de97e772f26a9e592e6af80cbd5";

    static List<JsonObject> cases() {
        return PeerVectors.objects(PeerVectors.read("keys.json"), "cases");
    }

    /// What genai-processors would write; long cases tell only how to make their one part.
    private static String wireForm(JsonObject given) {
        if (expected(given).get("to_dict") instanceof JsonString told) {
            return told.value();
        }
        JsonObject only = PeerVectors.objects(given, "parts").getFirst();
        return switch (PeerVectors.text(only, "t")) {
            case "repeat" -> {
                String text = PeerVectors.text(only, "unit").repeat(PeerVectors.number(only, "count"));
                yield "[{\"part\": {\"text\": " + JsonValue.of(text).toJson() + "}}]";
            }
            case "bytes_pattern" -> {
                byte[] data = new byte[PeerVectors.number(only, "len")];
                for (int i = 0; i < data.length; i++) {
                    data[i] = (byte) (i * PeerVectors.number(only, "mul") + PeerVectors.number(only, "add"));
                }
                yield "[{\"part\": {\"inline_data\": {\"data\": \""
                        + Base64.getUrlEncoder().encodeToString(data) + "\", \"mime_type\": \""
                        + PeerVectors.text(only, "mimetype") + "\"}}, \"mimetype\": \""
                        + PeerVectors.text(only, "mimetype") + "\"}]";
            }
            default -> throw new IllegalArgumentException(given.toJson());
        };
    }

    private static JsonObject expected(JsonObject given) {
        return (JsonObject) PeerVectors.field(given, "expected");
    }

    private static String key(JsonObject given) {
        return expected(given).get("key") instanceof JsonString key ? key.value() : "null";
    }

    @ParameterizedTest
    @MethodSource("cases")
    void key_ofPeerCase_isThatOfGenaiProcessors(JsonObject given) {
        List<String> args = new ArrayList<>(List.of("key", "-"));
        if (given.has("prefixes_inner_to_outer")) {
            PeerVectors.array(given, "prefixes_inner_to_outer")
                    .forEach(prefix -> args.add("--prefix=" + ((JsonString) prefix).value()));
        }

        Invocation.Result result = new Invocation().reading(wireForm(given)).run(args.toArray(String[]::new));

        assertThat(result.out()).as("%s", args).isEqualTo(key(given) + "\n");
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void canonical_ofPeerCase_isThatOfGenaiProcessors(JsonObject given) {
        String out = new Invocation()
                .reading(wireForm(given))
                .run("key", "--canonical")
                .out();

        if (expected(given).has("canonical_len")) {
            assertThat(out).hasSize(PeerVectors.number(expected(given), "canonical_len") + 1);
        } else {
            String told = expected(given).get("canonical") instanceof JsonString text ? text.value() : "null";
            assertThat(out).isEqualTo(told + "\n");
        }
    }

    @Test
    void lines_ofOneFile_giveTheirKeysInTheirOrder() {
        List<JsonObject> plain = cases().stream()
                .filter(each -> !each.has("prefixes_inner_to_outer"))
                .toList();

        Invocation.Result result = new Invocation()
                .reading(String.join(
                        "\n", plain.stream().map(KeyCommandTest::wireForm).toList()))
                .run("key");

        assertThat(result.status()).isZero();
        assertThat(result.out().lines()).hasSameSizeAs(plain);
        assertThat(PeerVectors.areOthers() || plain.size() > 300).isTrue();
    }

    @Test
    void brokenLine_isReportedByNumber_andTheOthersAreDone() {
        Invocation.Result result = new Invocation()
                .reading(HELLO + "\n{\"part\": 1}\n\n" + HELLO + "\n")
                .run("key", "-");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEqualTo(HELLO_KEY + "\n\n\n" + HELLO_KEY + "\n");
        assertThat(result.err()).contains("standard input, line 2:").contains("BAD_CONTENT");
    }

    @Test
    void ignoredMetadata_doesNotCount(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("contents.jsonl"),
                "[{\"part\": {\"text\": \"hello\"}, \"metadata\": {\"timestamp\": 5, \"id\": \"x\"}}]\n");

        assertThat(partflow("key", file.toString()).out()).isNotEqualTo(HELLO_KEY + "\n");
        assertThat(partflow("key", file.toString(), "--ignore-metadata", "timestamp", "--ignore-metadata=id")
                        .out())
                .isEqualTo(HELLO_KEY + "\n");
    }

    @Test
    void canonical_printsTheTextThatIsHashed() {
        assertThat(new Invocation().reading(HELLO).run("key", "--canonical").out())
                .isEqualTo("[{\"metadata\": {}, \"mimetype\": \"text/plain\", \"part\": {\"text\": \"hello\"}, "
                        + "\"role\": \"\", \"substream_name\": \"\"}]\n");
    }

    @Test
    void exceptionPart_isNotCacheable() {
        assertThat(new Invocation()
                        .reading("[{\"part\": {\"text\": \"boom\"}, \"mimetype\": \"text/x-exception\"}]")
                        .run("key", "--prefix", "A")
                        .out())
                .isEqualTo("null\n");
    }

    @Test
    void missingFile_isAProblemWithItsName() {
        Invocation.Result result = partflow("key", "nowhere.jsonl");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("nowhere.jsonl");
    }

    @Test
    void folder_isAProblem(@TempDir Path folder) {
        Invocation.Result result = partflow("key", folder.toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains(folder + " cannot be read");
    }

    @Test
    void nameThatNoFileCanHave_isWrongUsage() {
        Invocation.Result result = partflow("key", "a\0b");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("is no file name here");
    }

    @Test
    void bytesThatAreNoText_areAProblem() {
        Invocation.Result result = new Invocation()
                .reading("[\"\u00ff\"]".getBytes(StandardCharsets.ISO_8859_1))
                .run("key");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("UTF-8");
    }

    @Test
    void unknownField_isToldOnceAndCounts() {
        String line = "[{\"part\": {\"text\": \"hello\", \"hologram\": 1}}]";

        Invocation.Result result = new Invocation()
                .reading(line + "\n" + HELLO + "\n" + line + "\n")
                .run("key");

        List<String> keys = result.out().lines().toList();
        assertThat(result.status()).isZero();
        assertThat(keys.get(0)).isEqualTo(keys.get(2)).isNotEqualTo(HELLO_KEY);
        assertThat(keys.get(1)).isEqualTo(HELLO_KEY);
        assertThat(result.err().lines())
                .containsExactly("info UNKNOWN_FIELD  standard input, line 1: /part/hologram is not known here. It is"
                        + " kept and counts in the key.");
    }

    @Test
    void keyOptions_ofTheDocument_areHereToo() {
        String stamped = "[{\"part\": {\"text\": \"00:01\"}, \"metadata\": {\"timestamp\": 1}}, {\"part\": {\"text\":"
                + " \" HELLO \"}}]";

        assertThat(new Invocation()
                        .reading(stamped + "\n")
                        .run("key", "--skip-parts-with", "timestamp", "--normalise", "space", "--normalise", "case")
                        .out())
                .isEqualTo(HELLO_KEY + "\n");
        Invocation.Result refused = new Invocation().reading(HELLO).run("key", "--normalise", "rhyme");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("rhyme", "unicode, space or case");
        assertThat(new Invocation()
                        .reading(HELLO)
                        .run("key", "--image-distance", "65")
                        .status())
                .isEqualTo(2);
    }
}
