package io.partflow.cli;

import static io.partflow.cli.Invocation.partflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.cli.environment.Interrupts;
import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.WireForm;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {
    private static final String FRAMES = "samples/media/frames";

    @TempDir
    private Path folder;

    private String lines;
    private String images;

    @BeforeEach
    void writePipelines() throws IOException {
        lines = write("lines.partflow.json", """
            {"format":"partflow-pipeline","version":1,"name":"Lines","nodes":[
             {"id":"type","processor":"source.text","processorVersion":1,"input":true,
              "params":{"text":"one\\ntwo\\none","emit":"line"}},
             {"id":"split","processor":"text.split","processorVersion":1,"params":{},
              "cache":{"scope":"part","tier":"memory","ttlMs":0,"maxItems":100,"maxBytes":null,"policy":"lru"}},
             {"id":"show","processor":"sink.viewer","processorVersion":1,"params":{}}],
             "wires":[{"from":"type.out","to":"split.in"},{"from":"split.out","to":"show.in"}]}\
            """);
        images = write("images.partflow.json", """
            {"format":"partflow-pipeline","version":1,"name":"Images","nodes":[
             {"id":"files","processor":"source.files","processorVersion":1,"input":true,"params":{"paths":["none"]}},
             {"id":"facts","processor":"image.facts","processorVersion":1,"params":{},
              "cache":{"scope":"part","tier":"memory","ttlMs":0,"maxItems":100,"maxBytes":null,"policy":"lru"}},
             {"id":"show","processor":"sink.viewer","processorVersion":1,"params":{}}],
             "wires":[{"from":"files.out","to":"facts.in"},{"from":"facts.out","to":"show.in"}]}\
            """);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void frames_throughACachedImageStep_areComputedOnceEach() {
        Invocation.Result result = partflow(
                "run",
                images,
                "--input",
                FRAMES,
                "--report",
                "json",
                "--assert",
                "misses==14",
                "--assert",
                "nodes.facts.cache.puts==14",
                "--assert=partsIn==36");

        assertThat(result.err()).contains("completed: 36 in, 72 out");
        assertThat(result.status()).isZero();
        JsonObject cache = at(at(JsonObject.parse(result.out()), "totals"), "cache");
        assertThat(number(cache, "requests")).isEqualTo(36);
        assertThat(number(cache, "misses")).isEqualTo(14);
        assertThat(number(cache, "hits") + number(cache, "coalesced")).isEqualTo(22);
    }

    @Test
    void storeWrittenBehind_isReportedAsItIsInTheEnd() throws IOException {
        StringBuilder typed = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            typed.append("line ").append(i).append("\\n");
        }
        String behind = write(
                "behind.partflow.json",
                Files.readString(Path.of(lines))
                        .replace("one\\ntwo\\none", typed)
                        .replace(
                                "\"policy\":\"lru\"", "\"policy\":\"lru\",\"writing\":\"behind\",\"storeMaxItems\":5"));
        String store = folder.resolve("behind.db").toString();

        Invocation.Result result = partflow(
                "run",
                behind,
                "--cache",
                store,
                "--report",
                "json",
                "--assert",
                "puts==60",
                "--assert",
                "entries==5",
                "--assert",
                "evictions.size==55");

        assertThat(result.err()).doesNotContain("assertion failed");
        assertThat(result.status()).isZero();
        assertThat(partflow("cache", "stats", store, "--json").out()).contains("\"entries\": 5");
    }

    private Invocation.Result runAs(String user, String pipeline, Path store, String expectation) {
        return partflow(
                "run",
                pipeline,
                "--cache",
                store.toString(),
                "--user-prefix",
                user,
                "--report",
                "text",
                "--assert",
                expectation);
    }

    @Test
    void userPrefix_keepsPeopleApart_andSettingsToo() throws IOException {
        Path store = folder.resolve("shared.db");
        String other = write(
                "other.partflow.json",
                Files.readString(Path.of(lines))
                        .replace(
                                "\"text.split\",\"processorVersion\":1,\"params\":{}",
                                "\"text.split\",\"processorVersion\":1,\"params\":{\"by\":\"sentences\"}"));

        assertThat(runAs("alice:", lines, store, "misses==2").status()).isZero();
        assertThat(runAs("alice:", lines, store, "misses==0").status()).isZero();
        assertThat(runAs("bob:", lines, store, "misses==2").status()).isZero();
        assertThat(runAs("", lines, store, "misses==2").status()).isZero();
        assertThat(runAs("alice:", other, store, "misses==2").status()).isZero();
        assertThat(partflow("cache", "ls", store.toString(), "--prefix", "alice:pf1:text.split@1:")
                        .out()
                        .lines())
                .hasSize(5);

        String named = write(
                "named.partflow.json",
                Files.readString(Path.of(lines))
                        .replace("\"nodes\":", "\"settings\":{\"userPrefix\":\"bob:\"},\"nodes\":"));
        assertThat(partflow("run", named, "--cache", store.toString(), "--report", "text", "--assert", "misses==0")
                        .status())
                .as("the document's own")
                .isZero();
        assertThat(runAs("carol:", named, store, "misses==2").status()).isZero();
    }

    @Test
    void userPrefix_standsBeforeAPrefixThatIsSharedWithAnotherProgram() throws IOException {
        Path store = folder.resolve("theirs.db");
        String shared = write(
                "shared.partflow.json",
                Files.readString(Path.of(lines)).replace("\"policy\":\"lru\"", "\"policy\":\"lru\",\"prefix\":\"p|\""));
        partflow("run", shared, "--cache", store.toString(), "--report", "text");
        runAs("alice:", shared, store, "misses==2");

        assertThat(partflow("cache", "ls", store.toString(), "--prefix", "p|")
                        .out()
                        .lines())
                .hasSize(3);
        assertThat(partflow("cache", "ls", store.toString(), "--prefix", "alice:p|")
                        .out()
                        .lines())
                .hasSize(3);
    }

    @Test
    void noisyFrames_matchedByLikeness_areTwoPictures() throws IOException {
        String alike = write(
                "alike.partflow.json",
                Files.readString(Path.of(images))
                        .replace("\"policy\":\"lru\"", "\"policy\":\"lru\",\"key\":{\"imageHammingDistance\":6}"));

        Invocation.Result result = partflow(
                "run",
                alike,
                "--input",
                "src/test/resources/frames-noisy",
                "--report",
                "json",
                "--assert",
                "misses==2");

        assertThat(result.err()).contains("completed: 24 in, 48 out");
        assertThat(result.status()).isZero();
    }

    @Test
    void resultsOfSinks_goToStandardOutput_asWireForms() {
        Invocation.Result result = partflow("run", lines);

        assertThat(result.status()).isZero();
        List<Part> parts = result.out().lines().map(WireForm::read).toList();
        assertThat(parts).extracting(Part::text).containsExactly("one", "two", "one");
        assertThat(result.err()).contains("completed: 3 in, 3 out");
    }

    @Test
    void results_withAnOutFile_goThere(@TempDir Path other) throws IOException {
        Path out = other.resolve("out.jsonl");

        Invocation.Result result = partflow("run", lines, "--out", out.toString());

        assertThat(result.status()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(Files.readAllLines(out))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("{\"part\": "));
    }

    @Test
    void results_ofFiles_nameTheirFile() {
        Invocation.Result result = partflow("run", images, "--input", FRAMES + "/frame-00.jpg");

        assertThat(result.out().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(WireForm.read(line).metadata("original_file_name"))
                        .isInstanceOfSatisfying(
                                JsonString.class,
                                name -> assertThat(name.value()).endsWith("frame-00.jpg")));
    }

    @Test
    void standardInput_isOneOfTheInputs() {
        Invocation.Result result =
                new Invocation().reading("first paragraph\n\nsecond paragraph").run("run", lines, "--input", "-");

        assertThat(result.status()).isZero();
        assertThat(result.out().lines().map(WireForm::read).map(Part::text))
                .containsExactly("first paragraph", "second paragraph");
    }

    @Test
    void unknownReport_isRefusedWithTheFormsThereAre() {
        Invocation.Result result = partflow("run", lines, "--report", "xml");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("\"xml\" is not known; it must be text or json");
    }

    @Test
    void report_asText_isAlignedAndAlone() {
        Invocation.Result result = partflow("run", lines, "--report", "text");

        assertThat(result.out())
                .startsWith(lines + ": completed in ")
                .contains("\nCaches\n")
                .contains("33.3 %");
        assertThat(result.out().lines().filter(line -> line.startsWith("{"))).isEmpty();
        assertThat(result.err()).isEmpty();
    }

    @Test
    void settings_onTheCommandLine_replaceThoseOfTheDocument() {
        JsonObject report = JsonObject.parse(partflow(
                        "run",
                        lines,
                        "--report=json",
                        "--mode",
                        "low-latency",
                        "--budget",
                        "5MiB",
                        "--cold",
                        "--speed",
                        "10")
                .out());

        assertThat(at(report, "run").get("mode")).isEqualTo(JsonValue.of("low-latency"));
        assertThat(at(report, "run").get("cold")).isEqualTo(JsonValue.of(true));
        assertThat(at(report, "run").get("speed")).isEqualTo(JsonValue.of(10));
        assertThat(number(at(report, "memory"), "budgetBytes")).isEqualTo(5 << 20);
        assertThat(number(at(report, "memory"), "endBytes")).isZero();
    }

    @Test
    void assertion_thatFails_endsWithOne_andIsInTheReport() {
        Invocation.Result result =
                partflow("run", lines, "--report", "json", "--assert", "hitRatio>0.9", "--assert=misses==2");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("assertion failed: hitRatio>0.9 (is 0.333333)");
        assertThat(((JsonArray) Objects.requireNonNull(
                                JsonObject.parse(result.out()).get("assertions")))
                        .values())
                .extracting(each -> ((JsonObject) each).get("passed"))
                .containsExactly(JsonValue.of(false), JsonValue.of(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hitRatio", "hitRate>=0.5", "nodes.nobody.partsIn>1", "hitRatio=>1"})
    void assertion_thatCannotBeChecked_isWrongUsage_beforeAnythingRuns(String text) {
        Invocation.Result result = partflow("run", lines, "--assert", text);

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--speed=0", "--speed=fast", "--mode=quick", "--budget=lots", "--report=xml", "--max-age=soon"})
    void optionOutOfRange_isWrongUsage(String option) {
        Invocation.Result result = partflow("run", lines, option);

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains(option.substring(0, option.indexOf('=')));
        assertThat(result.out()).isEmpty();
    }

    @Test
    void inputAndStream_together_areWrongUsage() {
        assertThat(partflow("run", lines, "--input", FRAMES, "--stream", "a.parts.jsonl")
                        .status())
                .isEqualTo(2);
        Invocation.Result noRecording = partflow("run", lines, "--stream", "a.parts.jsonl");
        assertThat(noRecording.status()).isEqualTo(2);
        assertThat(noRecording.err()).contains("no recording source");
    }

    @Test
    void unreadableInputs_areNamed_andTheRestIsDone() throws IOException {
        Path media = Files.createDirectory(folder.resolve("media"));
        Files.copy(Path.of(FRAMES, "frame-00.jpg"), media.resolve("good.jpg"));
        Files.write(media.resolve("empty.png"), new byte[0]);
        byte[] whole = Files.readAllBytes(Path.of(FRAMES, "frame-08.jpg"));
        Files.write(media.resolve("truncated.jpg"), Arrays.copyOf(whole, 300));

        Invocation.Result result = partflow(
                "run",
                images,
                "--report",
                "json",
                "--input",
                media.toString(),
                "--input",
                folder.resolve("missing").toString());

        assertThat(result.status()).isEqualTo(1);
        JsonObject report = JsonObject.parse(result.out());
        assertThat(at(report, "run").get("status")).isEqualTo(JsonValue.of("completed"));
        assertThat(((JsonArray) Objects.requireNonNull(report.get("problems"))).values())
                .extracting(problem -> ((JsonObject) problem).get("remedy"))
                .doesNotContain(JsonValue.of(""))
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(result.err()).contains("empty.png").contains("truncated.jpg").contains("missing");
        assertThat(number(at(report, "totals"), "partsOut")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void badDocuments_haveAProblemAndARemedy() throws IOException {
        String missing = folder.resolve("none.partflow.json").toString();
        String damaged = write("damaged.partflow.json", "{\"format\":\"partflow-pipeline\",\n\"version\":1,");
        String unknown = write(
                "unknown.partflow.json",
                "{\"format\":\"partflow-pipeline\",\"version\":1,\"nodes\":[{\"id\":\"x\",\"processor\":\"text.magic\"}],\"wires\":[]}");

        for (String command : List.of("run", "check")) {
            assertThat(all(partflow(command, missing)))
                    .startsWith("1 error FILE_NOT_FOUND")
                    .contains("none.partflow.json");
            assertThat(all(partflow(command, damaged)))
                    .startsWith("1 error DAMAGED_JSON")
                    .contains("line 2");
            assertThat(all(partflow(command, unknown)))
                    .startsWith("1 error UNKNOWN_PROCESSOR")
                    .contains("text.magic")
                    .contains("x");
            assertThat(all(partflow(command, folder.toString()))).startsWith("1 error FILE_NOT_READABLE");
        }
    }

    private static String all(Invocation.Result result) {
        return result.status() + " " + result.out() + result.err();
    }

    @Test
    void newerDocument_runsAsFarAsItIsUnderstood_andSaysSo() throws IOException {
        String newer = write(
                "newer.partflow.json", Files.readString(Path.of(lines)).replace("\"version\":1", "\"version\":7"));

        Invocation.Result check = partflow("check", newer);
        Invocation.Result run = partflow("run", newer);

        assertThat(check.status()).isEqualTo(1);
        assertThat(check.out()).contains("warning NEWER_VERSION");
        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("NEWER_VERSION");
    }

    @Test
    void goodDocument_checksClean() {
        Invocation.Result result = partflow("check", lines);

        assertThat(result.status()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("no problems");
    }

    @Test
    void outputWithoutAFolder_isRefusedBeforeAnythingRuns() {
        for (String option : List.of("--out", "--record")) {
            Invocation.Result result = partflow(
                    "run",
                    lines,
                    option,
                    folder.resolve("no").resolve("x.jsonl").toString());

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.err()).contains("x.jsonl").contains("folder");
            assertThat(result.out()).isEmpty();
        }
    }

    @Test
    void recordingThatCannotBeWritten_isRefusedBeforeAnythingRuns_andOneThatCanLeavesNothingBehind()
            throws IOException {
        Path dangling = Files.createSymbolicLink(
                folder.resolve("dangling.parts.jsonl"), folder.resolve("no").resolve("x.parts.jsonl"));
        Invocation.Result refused = partflow("run", lines, "--record", dangling.toString());

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("dangling.parts.jsonl");
        assertThat(refused.out()).isEmpty();

        Path earlier = folder.resolve("earlier.parts.jsonl");
        Files.writeString(earlier, "kept");
        assertThat(partflow("run", folder.resolve("no.partflow.json").toString(), "--record", earlier.toString())
                        .status())
                .isNotZero();
        assertThat(earlier).hasContent("kept");
    }

    @Test
    void outputOntoWhatIsRead_isRefused_andNothingIsLost() throws IOException {
        String document = Files.readString(Path.of(lines));
        String note = write("note.txt", "hello");
        String link = Files.createSymbolicLink(folder.resolve("link.txt"), Path.of(note))
                .toString();

        for (String[] options : new String[][] {
            {"--out", lines},
            {"--record", lines},
            {"--input", note, "--out", note},
            {"--input", note, "--record", link},
            {
                "--out",
                folder.resolve("x.jsonl").toString(),
                "--record",
                folder.resolve("x.jsonl").toString()
            }
        }) {
            Invocation.Result result = partflow(with(new String[] {"run", lines}, options));

            assertThat(result.status()).as(String.join(" ", options)).isEqualTo(2);
            assertThat(result.err()).contains("Name ");
        }
        assertThat(Files.readString(Path.of(lines))).isEqualTo(document);
        assertThat(Files.readString(Path.of(note))).isEqualTo("hello");
    }

    private static String[] with(String[] some, String[] more) {
        String[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    @Test
    void standardInput_isCalledSo_andNotByTheFileItIsKeptIn() {
        Invocation.Result result = new Invocation().reading("hello").run("run", images, "--input", "-");
        Invocation.Result empty = new Invocation().reading("").run("run", images, "--input", "-");

        assertThat(result.err()).doesNotContain("partflow-");
        assertThat(empty.err()).contains("standard input is empty").doesNotContain("partflow-");
        Invocation.Result text = new Invocation().reading("hello").run("run", lines, "--input", "-");
        assertThat(WireForm.read(text.out().strip()).metadata("original_file_name"))
                .isEqualTo(JsonValue.of("standard input"));
    }

    @Test
    void partsThatNoWireCarries_areTold_andAreNoFailure() throws IOException {
        String note = write("note.txt", "hello");

        Invocation.Result result = partflow("run", images, "--input", note);

        assertThat(result.status()).isZero();
        assertThat(result.err()).contains("warning PARTS_WENT_NOWHERE  files: 1 of 1 parts");
    }

    @Test
    void report_thatCannotBeWrittenToItsEnd_isAProblem() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        Invocation.Result result = new Invocation().printingTo(full).run("run", lines, "--report", "json");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("Standard output could not be written to its end.");
    }

    @Test
    void interrupt_endsTheRun_andTheReportIsStillWhole() throws IOException {
        String slow = write("slow.partflow.json", """
            {"format":"partflow-pipeline","version":1,"name":"Slow","nodes":[
             {"id":"type","processor":"source.text","processorVersion":1,"params":{"text":"hello"}},
             {"id":"answer","processor":"model.simulated","processorVersion":1,
              "params":{"latencyMinMs":600000,"latencyMaxMs":600000}},
             {"id":"show","processor":"sink.viewer","processorVersion":1,"params":{}}],
             "wires":[{"from":"type.out","to":"answer.in"},{"from":"answer.out","to":"show.in"}]}\
            """);
        Interrupts atOnce = stop -> {
            stop.run();
            return () -> {};
        };

        Invocation.Result result = new Invocation().with(atOnce).run("run", slow, "--report", "json");

        assertThat(result.status()).isEqualTo(130);
        assertThat(at(JsonObject.parse(result.out()), "run").get("status")).isEqualTo(JsonValue.of("cancelled"));
    }

    @Test
    void readerOfTheOutput_thatGoesAway_stopsTheRun() {
        PrintStream gone = new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                true,
                StandardCharsets.UTF_8);
        Delivery delivery = new Delivery(Part.text("a"), Origin.ofNode("split"));
        AtomicInteger stops = new AtomicInteger();
        ResultLines results = ResultLines.to(gone, UnaryOperator.identity());
        results.whenBroken(stops::incrementAndGet);

        results.accepted("show", delivery);
        results.accepted("show", delivery);

        assertThat(stops).hasValue(1);
        assertThat(results.finish()).hasMessageContaining("gone");
    }

    private static JsonObject at(JsonObject object, String name) {
        return (JsonObject) Objects.requireNonNull(object.get(name));
    }

    private static long number(JsonObject object, String name) {
        return Long.parseLong(Objects.requireNonNull(object.get(name)).toJson());
    }

    @Test
    void recording_holdsAsMuchAsTheLevelSays_andIsToldByTrace() throws IOException {
        Path file = folder.resolve("again.parts.jsonl");
        for (String level : List.of("inputs", "events", "all")) {
            Invocation.Result run = partflow("run", lines, "--record", file.toString(), "--record-level", level);
            assertThat(run.status()).isZero();
            String recorded = Files.readString(file);
            assertThat(recorded).contains("\"level\":\"" + level + "\"").doesNotContain("\"partflow\":\"\"");
            assertThat(recorded.contains("\"cache\"")).isEqualTo(!level.equals("inputs"));
            assertThat(recorded.contains("\"node\":\"split\",\"port\"")).isEqualTo(level.equals("all"));

            Invocation.Result trace = partflow("trace", file.toString());
            assertThat(trace.status()).isZero();
            assertThat(trace.out()).contains("recording of \"Lines\"").contains("type");
        }
        assertThat(partflow("run", lines, "--record-level", "all").status()).isEqualTo(2);
        assertThat(partflow("run", lines, "--record", file.toString(), "--record-level", "most")
                        .status())
                .isEqualTo(2);
    }
}
