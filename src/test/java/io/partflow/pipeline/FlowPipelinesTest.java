package io.partflow.pipeline;

import static io.partflow.pipeline.CatalogRun.lines;
import static io.partflow.pipeline.CatalogRun.node;
import static io.partflow.pipeline.CatalogRun.sink;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.Part;
import io.partflow.engine.run.RunFailure;
import io.partflow.engine.run.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the nodes that shape a flow do in a pipeline as a user writes it.
@Timeout(120)
class FlowPipelinesTest {
    @TempDir
    private Path folder;

    private static String nodes(String... nodes) {
        return String.join(",", nodes);
    }

    @Test
    void filter_sendsEachPartOneOfTwoWays() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", "hi", "a longer question", "yo", "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00"),
                        node("filter", "flow.filter", "\"minLength\": 3, \"roles\": [\"user\"]"),
                        sink("long"),
                        sink("short")),
                "ask.out -> filter.in, filter.out -> long.in, filter.rest -> short.in");

        assertThat(run.texts("long")).containsExactly("a longer question", "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00");
        assertThat(run.texts("short")).containsExactly("hi", "yo");
    }

    @Test
    void filter_withoutAWireForTheRest_dropsItWithoutComplaint() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", "order 12", "hello", "order 7"),
                        node("filter", "flow.filter", "\"pattern\": \"order \\\\d+\", \"keep\": \"others\""),
                        sink("show")),
                "ask.out -> filter.in, filter.out -> show.in");

        assertThat(run.texts("show")).containsExactly("hello");
        assertThat(run.end().node("filter").orElseThrow().partsOut()).isEqualTo(1);
        assertThat(run.end().node("filter").orElseThrow().unrouted()).isZero();
    }

    @Test
    void switch_byPattern_takesTheFirstCaseThatFits() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", "red apple", "green pear", "blue sky", "red pear"),
                        node(
                                "switch",
                                "flow.switch",
                                "\"by\": \"text\", \"first\": \"^red\", \"second\": \"pear\", \"third\": \"\""),
                        sink("a"),
                        sink("b"),
                        sink("c")),
                "ask.out -> switch.in, switch.first -> a.in, switch.second -> b.in, switch.otherwise -> c.in");

        assertThat(run.texts("a")).containsExactly("red apple", "red pear");
        assertThat(run.texts("b")).containsExactly("green pear");
        assertThat(run.texts("c")).containsExactly("blue sky");
    }

    @Test
    void teeThenConcat_putsWholeBranchesBehindEachOther() throws Exception {
        String[] many = IntStream.range(0, 5_000).mapToObj(i -> "p" + i).toArray(String[]::new);
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", many),
                        node("tee", "flow.tee", ""),
                        node("before", "text.preamble", "\"text\": \"first\""),
                        node("join", "flow.concat", ""),
                        sink("show")),
                "ask.out -> tee.in, tee.second -> join.first, tee.first -> before.in, before.out -> join.second,"
                        + " join.out -> show.in");

        List<String> expected = new ArrayList<>(List.of(many));
        expected.add("first");
        expected.addAll(List.of(many));
        assertThat(run.end().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.texts("show")).isEqualTo(expected);
        assertThat(run.end().memory().inFlightBytes()).isZero();
    }

    @Test
    void concat_thatHoldsBackMoreThanHalfTheBudget_endsTheRunWithARemedy() throws Exception {
        String[] many = IntStream.range(0, 400).mapToObj(i -> "x".repeat(50)).toArray(String[]::new);
        PipelineDocument.Reading reading = CatalogRun.document(
                nodes(lines("ask", many), node("tee", "flow.tee", ""), node("join", "flow.concat", ""), sink("show")),
                "ask.out -> tee.in, tee.first -> join.first, tee.second -> join.second, join.out -> show.in");
        CatalogRun run = CatalogRun.of(new PipelineDocument.Reading(
                reading.graph().withSettings(reading.graph().settings().withBudgetBytes(2_000)),
                reading.access(),
                reading.problems()));

        assertThat(run.end().status()).isEqualTo(RunStatus.FAILED);
        RunFailure fatal = run.end().recentFailures().getLast();
        assertThat(fatal.node()).isEqualTo("join");
        assertThat(fatal.failure().code()).isEqualTo("JOIN_BUFFER_FULL");
    }

    @Test
    void mergeUntilOneEnds_endsWithTheShorterStream() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("short", "a", "b"),
                        lines(
                                "long",
                                IntStream.range(0, 20_000)
                                        .mapToObj(i -> "l" + i)
                                        .toArray(String[]::new)),
                        node("slow", "flow.delay", "\"minMs\": 1, \"maxMs\": 1"),
                        node("merge", "flow.merge-first", ""),
                        sink("show")),
                "short.out -> merge.in, long.out -> slow.in, slow.out -> merge.in, merge.out -> show.in");

        assertThat(run.end().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.texts("show")).contains("a", "b").hasSizeLessThan(20_000);
        assertThat(run.end().node("long").orElseThrow().partsOut()).isLessThan(20_000);
    }

    @Test
    void merge_givesEverythingWithEachStreamInItsOrder() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(lines("a", "a1", "a2"), lines("b", "b1", "b2"), node("merge", "flow.merge", ""), sink("show")),
                "a.out -> merge.in, b.out -> merge.in, merge.out -> show.in");

        assertThat(run.texts("show"))
                .containsExactlyInAnyOrder("a1", "a2", "b1", "b2")
                .containsSubsequence("a1", "a2")
                .containsSubsequence("b1", "b2");
    }

    @ParameterizedTest
    @CsvSource({"0,2,parts,'a,b'", "1,0,parts,'b,c,d'", "1,1,parts,'b'"})
    void limit_dropsAndTakes(int drop, int take, String count, String expected) throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", "a", "b", "c", "d"),
                        node(
                                "limit",
                                "flow.limit",
                                "\"drop\": %d, \"take\": %d, \"count\": \"%s\"".formatted(drop, take, count)),
                        sink("show")),
                "ask.out -> limit.in, limit.out -> show.in");

        assertThat(String.join(",", run.texts("show"))).isEqualTo(expected);
    }

    @Test
    void turns_endAfterEveryTwoParts_andLimitCountsThem() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", "a", "b", "c", "d", "e"),
                        node("turns", "flow.turns", "\"after\": \"parts\", \"parts\": 2"),
                        node("limit", "flow.limit", "\"drop\": 1, \"take\": 1, \"count\": \"turns\""),
                        sink("show")),
                "ask.out -> turns.in, turns.out -> limit.in, limit.out -> show.in");

        assertThat(run.texts("show")).containsExactly("c", "d", "");
        assertThat(Objects.requireNonNull(run.accepted().get("show")).getLast()).matches(Part::isEndOfTurn);
    }

    @Test
    void parallel_givesTheResultsOfEachPartInTheOrderOfTheBranches() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", "One. Two.", "Three."),
                        node(
                                "work",
                                "flow.parallel",
                                "\"branches\": [\"text.split by=sentences\", \"text.split by=length length=3\"],"
                                        + " \"passthrough\": \"always\""),
                        sink("show")),
                "ask.out -> work.in, work.out -> show.in");

        assertThat(run.texts("show"))
                .containsExactly("One.", "Two.", "One", ". T", "wo.", "One. Two.", "Three.", "Thr", "ee.", "Three.");
    }

    @Test
    void switchInOrder_worksByCaseAndKeepsTheOrder() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", "cut Me. Now.", "keep. me", "cut. it", "drop"),
                        node(
                                "work",
                                "flow.part-switch",
                                "\"cases\": [\"text ^cut: text.split by=sentences\", \"text ^keep: pass\"],"
                                        + " \"unmatched\": \"drop\""),
                        sink("show")),
                "ask.out -> work.in, work.out -> show.in");

        assertThat(run.texts("show")).first().isEqualTo("cut Me.");
        assertThat(run.texts("show")).contains("keep. me").doesNotContain("drop");
    }

    @Test
    void errors_leaveByTheirOutput_andAreNoFailures(@TempDir Path folder) throws Exception {
        Path broken = Files.write(
                folder.resolve("broken.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 1, 2, 3});
        CatalogRun run = CatalogRun.of(
                nodes(
                        node("files", "source.files", "\"paths\": [\"media/audio\", \"media/text\"]"),
                        node("work", "flow.errors", "\"processor\": \"image.facts colours=3\""),
                        node("pictures", "source.files", "\"paths\": [\"" + broken + "\"]"),
                        sink("good"),
                        sink("bad")),
                "files.out -> work.in, pictures.out -> work.in, work.out -> good.in, work.errors -> bad.in");

        assertThat(run.end().failures()).isZero();
        assertThat(run.texts("bad")).hasSize(1).first().asString().contains("image");
        assertThat(run.texts("good")).isNotEmpty();
    }

    @Test
    void links_areTakenOutOfTextAndSorted() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", "see https://a.example/x, please", "no link", "HTTP://b.example"),
                        node("links", "text.urls", ""),
                        node(
                                "switch",
                                "flow.switch",
                                "\"first\": \"application/json\", \"second\": \"text/\", \"third\": \"\""),
                        sink("fetch"),
                        sink("words")),
                "ask.out -> links.in, links.out -> switch.in, switch.first -> fetch.in, switch.second -> words.in");

        assertThat(run.texts("fetch"))
                .containsExactly("{\"url\": \"https://a.example/x\"}", "{\"url\": \"HTTP://b.example\"}");
        assertThat(String.join("|", run.texts("words"))).contains("see ").contains("no link");
    }

    @Test
    void match_findsAcrossPartBorders() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", "number 4", "2 is it"),
                        node("match", "text.match", "\"pattern\": \"\\\\d+\", \"border\": \"join\""),
                        node("only", "flow.filter", "\"substreams\": [\"match\"]"),
                        sink("show")),
                "ask.out -> match.in, match.out -> only.in, only.out -> show.in");

        assertThat(run.texts("show")).containsExactly("42");
    }

    @Test
    void match_findsAllOfATextBeforeTheEndOfItsTurn() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", "first 1, then 2, then 3"),
                        node("turns", "flow.turns", "\"after\": \"end\""),
                        node("match", "text.match", "\"pattern\": \"\\\\d+\""),
                        node("only", "flow.filter", "\"substreams\": [\"match\"]"),
                        sink("show")),
                "ask.out -> turns.in, turns.out -> match.in, match.out -> only.in, only.out -> show.in");

        assertThat(run.texts("show")).containsExactly("1", "2", "3");
    }

    @Test
    void preambleAndSuffix_surroundTheStream() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", "middle"),
                        node("before", "text.preamble", "\"text\": \"You are kind.\""),
                        node("after", "text.suffix", "\"text\": \"Sum up.\""),
                        sink("show")),
                "ask.out -> before.in, before.out -> after.in, after.out -> show.in");

        assertThat(run.texts("show")).containsExactly("You are kind.", "middle", "Sum up.");
        assertThat(Objects.requireNonNull(run.accepted().get("show")).getFirst().role())
                .isEqualTo("system");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flow.filter|\"pattern\": \"(\"|pattern|no regular expression",
                "flow.switch|\"by\": \"text\", \"second\": \"[\"|second|no regular expression",
                "flow.parallel|\"branches\": [\"no.such\"]|branches|no processor",
                "flow.parallel|\"branches\": [\"text.split by\"]|branches|name=value",
                "flow.parallel|\"branches\": [\"text.split length=x\"]|branches|must be a number",
                "flow.part-switch|\"cases\": [\"image: pass\"]|cases|must begin with one of",
                "flow.errors|\"processor\": \"flow.tee\"|processor|no processor",
                "text.match|\"pattern\": \"(\"|pattern|no regular expression",
                "text.urls|\"prefixes\": [\"http://a\", \"ftp://b\"]|prefixes|scheme",
                "image.events|\"table\": [\"cut\"]|table|must be written",
                "prompt.window|\"processor\": \"sink.viewer\"|processor|no processor",
                "prompt.rolling|\"summary\": \"none\"|summary|needs a summary"
            })
    void wrongParameter_isAProblemThatNamesIt(String processor, String params, String name, String words) {
        List<Problem> problems = CatalogRun.problems(
                nodes(lines("ask", "a"), node("work", processor, params), sink("show")),
                "ask.out -> work.in, work.out -> show.in");

        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo("PARAMETER_WRONG");
            assertThat(problem.port()).isEqualTo(name);
            assertThat(problem.message()).contains(words).endsWith(".");
        });
    }

    @Test
    void chain_runsItsStepsBehindEachOther() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(lines("ask", "One is. Two are.", "three"), node("chain", "flow.chain", """
                    "steps": ["text.preamble text=zero", "text.split by=sentences", "text.suffix text=end"]\
                    """), sink("show")),
                "ask.out -> chain.in, chain.out -> show.in");

        assertThat(run.end().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.texts("show")).containsExactly("zero", "One is.", "Two are.", "three", "end");
    }

    @ParameterizedTest
    @CsvSource({"ends-run, FAILED", "status, COMPLETED"})
    void chain_whoseStepFails_endsTheRun_orBecomesAPartOnStatus(String failure, RunStatus end) throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", "a", "b"),
                        node("chain", "flow.chain", """
                            "failure": "%s",
                            "steps": ["flow.branches holdBytes=1 branches=text.preamble,text.preamble"]\
                            """.formatted(failure)),
                        sink("show"),
                        node("aside", "flow.reserved", "\"substreams\": [\"status\"]"),
                        sink("failures")),
                "ask.out -> chain.in, chain.out -> show.in, aside.out -> failures.in");

        assertThat(run.end().status()).isEqualTo(end);
        if (end == RunStatus.COMPLETED) {
            assertThat(run.accepted().get("failures")).singleElement().satisfies(part -> {
                assertThat(part.isException()).isTrue();
                assertThat(part.text()).contains("holds back more than 1 bytes");
            });
        }
    }

    @Test
    void branches_putTheOutputsOfWholeStreamsBehindEachOther() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", "a", "b"),
                        node(
                                "branches",
                                "flow.branches",
                                "\"branches\": [\"text.preamble text=first\", \"text.preamble text=second\"]"),
                        sink("show")),
                "ask.out -> branches.in, branches.out -> show.in");

        assertThat(run.texts("show")).containsExactly("first", "a", "b", "second", "a", "b");
    }

    @Test
    void streamSwitch_givesEachCaseAStreamOfItsOwn() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", "red 1", "blue 1", "red 2", "green 1"),
                        node("switch", "flow.stream-switch", """
                            "cases": ["text ^red: text.preamble text=reds", "text ^blue: pass"],
                            "unmatched": "drop\"\
                            """),
                        sink("show")),
                "ask.out -> switch.in, switch.out -> show.in");

        assertThat(run.texts("show"))
                .containsExactlyInAnyOrder("reds", "red 1", "red 2", "blue 1")
                .containsSubsequence("reds", "red 1", "red 2");
    }

    @Test
    void sourceBeside_isMergedToTheEndOfBoth() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", "a", "b"),
                        node("beside", "flow.source", "\"source\": \"source.text emit=paragraph text=\\\"x y\\\"\""),
                        sink("show")),
                "ask.out -> beside.in, beside.out -> show.in");

        assertThat(run.texts("show")).containsExactlyInAnyOrder("a", "b", "x y").containsSubsequence("a", "b");
        assertThat(run.end().memory().inFlightBytes()).isZero();
    }

    @Test
    void sourceBeside_readsFilesOneAfterTheOther_whereTheBudgetHoldsButOne() throws Exception {
        PipelineDocument.Reading reading = CatalogRun.document(
                nodes(
                        lines("ask", "a"),
                        node("beside", "flow.source", "\"source\": \"source.files paths=media/images/\""),
                        sink("show")),
                "ask.out -> beside.in, beside.out -> show.in");
        CatalogRun run = CatalogRun.of(new PipelineDocument.Reading(
                reading.graph().withSettings(reading.graph().settings().withBudgetBytes(100_000)),
                reading.access(),
                reading.problems()));

        assertThat(run.end().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.texts("show")).contains("a", "image/jpeg");
        assertThat(run.end().recentFailures()).isEmpty();
        assertThat(run.end().memory().inFlightBytes()).isZero();
    }

    @Test
    void sourceBeside_untilTheFirstEnds_givesUpTheRestOfTheInput() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines(
                                "long",
                                IntStream.range(0, 20_000)
                                        .mapToObj(i -> "l" + i)
                                        .toArray(String[]::new)),
                        node("slow", "flow.delay", "\"minMs\": 1, \"maxMs\": 1"),
                        node("beside", "flow.source", "\"source\": \"source.text text=x\", \"until\": \"first\""),
                        sink("show")),
                "long.out -> slow.in, slow.out -> beside.in, beside.out -> show.in");

        assertThat(run.end().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.texts("show")).contains("x").hasSizeLessThan(20_000);
    }

    @Test
    void combinators_standInsideOthers() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", "A is. B is."),
                        node("turns", "flow.turns", "\"after\": \"end\""),
                        node("window", "prompt.window", """
                            "stride": 2, "processor":
                            "flow.branches branches=\\"text.preamble text=begin,text.split by=sentences\\""\
                            """),
                        sink("show")),
                "ask.out -> turns.in, turns.out -> window.in, window.out -> show.in");

        assertThat(run.end().recentFailures()).isEmpty();
        assertThat(run.texts("show")).containsExactly("begin", "A is. B is.", "", "A is.", "B is.", "", "");
    }

    @Test
    void nestedThreeDeep_isAProblemThatNamesWhatMayStandThere() {
        List<Problem> problems = CatalogRun.problems(
                nodes(
                        lines("ask", "a"),
                        node(
                                "chain",
                                "flow.chain",
                                "\"steps\": [\"flow.chain steps=\\\"flow.chain steps=text.split\\\"\"]"),
                        sink("show")),
                "ask.out -> chain.in, chain.out -> show.in");

        assertThat(problems)
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message()).contains("There is no processor \"flow.chain\" to use here"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flow.chain | steps | [\"flow.filter pattern=hello\", \"text.suffix text=END\"] | hello one,hello"
                        + " two,END",
                "flow.chain | steps | [\"text.split\", \"flow.filter pattern=hello keep=others\"] | bye now",
                "flow.branches | branches | [\"flow.filter pattern=bye\", \"flow.filter pattern=two\"]"
                        + " | bye now,hello two",
                "flow.parallel | branches | [\"flow.filter pattern=bye\", \"flow.filter pattern=hello\"]"
                        + " | hello one,bye now,hello two",
            })
    void filterInsideAnother_dropsWhatHasNoWayThere(String processor, String param, String steps, String expected)
            throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", "hello one", "bye now", "hello two"),
                        node("work", processor, "\"" + param + "\": " + steps),
                        sink("show")),
                "ask.out -> work.in, work.out -> show.in");

        assertThat(String.join(",", run.texts("show"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flow.switch", "flow.tee", "flow.concat", "flow.merge-first"})
    void whatForksOrJoinsWires_mayNotStandInsideAnother(String processor) {
        List<Problem> problems = CatalogRun.problems(
                nodes(
                        lines("ask", "a"),
                        node("chain", "flow.chain", "\"steps\": [\"" + processor + "\"]"),
                        sink("show")),
                "ask.out -> chain.in, chain.out -> show.in");

        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .contains("There is no processor \"" + processor + "\" to use here"));
    }

    @Test
    void errors_withoutAWireForThem_stayInTheStream() throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        lines("ask", "a", "b"),
                        node("work", "flow.errors", "\"processor\": \"text.summary\""),
                        node("bad", "source.recording", "\"file\": \"" + notUtf8() + "\""),
                        sink("show")),
                "ask.out -> work.in, bad.out -> work.in, work.out -> show.in");

        assertThat(run.end().failures()).isZero();
        assertThat(run.texts("show"))
                .contains("a", "b", "good one", "good two")
                .filteredOn(text -> text.contains("TEXT_NOT_UTF8"))
                .singleElement()
                .asString()
                .contains("not UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text.match | \"pattern\": \"go\"",
                "text.urls | \"mode\": \"remove\"",
                "prompt.window | \"processor\": \"text.split\"",
                "flow.chain | \"steps\": [\"text.split\"]",
                "flow.chain | \"steps\": [\"text.urls\"]",
                "flow.stream-switch | \"cases\": [\"text good: text.split\"]",
                "text.split | \"by\": \"paragraphs\"",
            })
    void textThatIsNone_isCountedAndTheStreamGoesOn(String processor, String params) throws Exception {
        CatalogRun run = CatalogRun.of(
                nodes(
                        node("bad", "source.recording", "\"file\": \"" + notUtf8() + "\""),
                        node("work", processor, params),
                        sink("show")),
                "bad.out -> work.in, work.out -> show.in");

        assertThat(run.end().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.end().recentFailures())
                .filteredOn(failure -> failure.node().equals("work"))
                .singleElement()
                .satisfies(failure -> assertThat(failure.failure().code()).isEqualTo("TEXT_NOT_UTF8"));
        assertThat(String.join("", run.texts("show"))).contains("good");
    }

    @Test
    void links_ofSeparateTexts_doNotRunTogether(@TempDir Path folder) throws Exception {
        Path first = Files.writeString(folder.resolve("a.txt"), "read http://one.example/page");
        Path second = Files.writeString(folder.resolve("b.txt"), "Second file, http://two.example/x. And more");
        CatalogRun run = CatalogRun.of(
                nodes(
                        node("files", "source.files", "\"paths\": [\"" + first + "\", \"" + second + "\"]"),
                        node("links", "text.urls", ""),
                        sink("show")),
                "files.out -> links.in, links.out -> show.in");

        assertThat(run.texts("show"))
                .contains("{\"url\": \"http://one.example/page\"}", "{\"url\": \"http://two.example/x\"}");
        // the words before the first address wait until the second file is read
        assertThat(run.files("show")).containsExactly("");
    }

    /// A recording with a good text, one of bytes that are no UTF-8, and another good one.
    private Path notUtf8() throws Exception {
        return Files.writeString(folder.resolve("bad.parts.jsonl"), """
            {"format": "partflow-recording", "version": 1, "level": "inputs", "clock": "ms-since-run-start"}
            {"at_ms": 0, "seq": 1, "node": "ask", "port": "out", "part": {"part": {"text": "good one"}, "role": "user", "substream_name": "", "mimetype": "text/plain", "metadata": {}}}
            {"at_ms": 1, "seq": 2, "node": "ask", "port": "out", "part": {"part": {"inline_data": {"data": "__-A", "mime_type": "text/plain"}}, "role": "user",\
             "substream_name": "", "mimetype": "text/plain", "metadata": {}}}
            {"at_ms": 2, "seq": 3, "node": "ask", "port": "out", "part": {"part": {"text": "good two"}, "role": "user", "substream_name": "", "mimetype": "text/plain", "metadata": {}}}
            """);
    }
}
