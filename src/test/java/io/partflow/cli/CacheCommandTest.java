package io.partflow.cli;

import static io.partflow.cli.Invocation.partflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.PeerVectors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheCommandTest {
    private static final String HELLO = "samples/hello-hits.partflow.json";

    @TempDir
    private Path folder;

    private Path theirs() throws Exception {
        return Files.write(folder.resolve("theirs.db"), PeerVectors.bytes("interop/cache.db"));
    }

    private static List<JsonObject> truth() {
        return PeerVectors.objects(PeerVectors.read("interop/cache.json"), "entries");
    }

    /// Their entries of which the truth says this.
    private static List<JsonObject> expected(String beginning) {
        return truth().stream()
                .filter(entry -> PeerVectors.text(entry, "expect").startsWith(beginning))
                .toList();
    }

    private Path warmed() {
        Path file = folder.resolve("warm.db");
        assertThat(partflow("run", HELLO, "--cache", file.toString(), "--report", "json")
                        .status())
                .isZero();
        return file;
    }

    private static long number(JsonObject json, String name) {
        return json.get(name) instanceof JsonInteger number ? number.longValue() : -1;
    }

    @Test
    void run_withACache_findsEverythingTheSecondTime_andNothingCold() {
        String store = folder.resolve("hello.db").toString();
        assertThat(partflow("run", HELLO, "--cache", store, "--report", "text", "--assert", "misses==56")
                        .status())
                .isZero();
        assertThat(partflow("run", HELLO, "--cache", store, "--report", "text", "--assert", "hitRatio==1")
                        .status())
                .isZero();
        assertThat(partflow("run", HELLO, "--cache", store, "--cold", "--report", "text", "--assert", "misses==56")
                        .status())
                .isZero();
        assertThat(partflow(
                                "run",
                                HELLO,
                                "--cache",
                                store,
                                "--max-age",
                                "0ms",
                                "--report",
                                "text",
                                "--assert",
                                "puts>0")
                        .status())
                .isZero();
        assertThat(partflow("cache", "stats", store, "--json").out()).contains("\"entries\": 56");
    }

    @Test
    void run_withNoStore_leavesTheStoreEmpty() {
        String store = folder.resolve("none.db").toString();
        assertThat(partflow("run", HELLO, "--cache", store, "--no-store", "--report", "text", "--assert", "puts==0")
                        .status())
                .isZero();
        assertThat(partflow("cache", "stats", store, "--json").out()).contains("\"entries\": 0");
    }

    @Test
    void run_withAFileThatIsNoStore_saysSoAndLeavesIt() throws Exception {
        Path file = Files.writeString(folder.resolve("notes.db"), "my notes");
        Invocation.Result result = partflow("run", HELLO, "--cache", file.toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("is not an SQLite database");
        assertThat(file).hasContent("my notes");
    }

    @Test
    void rm_byNodeTextAndWhatIsDerived_takesThemAlone() throws Exception {
        Path pipeline = Files.writeString(folder.resolve("two.partflow.json"), """
            {"format":"partflow-pipeline","version":1,"name":"Two","nodes":[
             {"id":"type","processor":"source.text","processorVersion":1,
              "params":{"text":"Red apples\\ngreen pears","emit":"line"}},
             {"id":"first","processor":"text.split","processorVersion":1,"params":{},"cache":{}},
             {"id":"second","processor":"text.split","processorVersion":1,"params":{},"cache":{"prefix":"s|"}},
             {"id":"show","processor":"sink.viewer","processorVersion":1,"params":{}}],
             "wires":[{"from":"type.out","to":"first.in"},{"from":"first.out","to":"second.in"},
              {"from":"second.out","to":"show.in"}]}\
            """);
        String store = folder.resolve("two.db").toString();
        assertThat(partflow("run", pipeline.toString(), "--cache", store, "--report", "text")
                        .status())
                .isZero();

        assertThat(partflow("cache", "ls", store, "--node", "second").out().lines())
                .hasSize(3);
        assertThat(partflow("cache", "ls", store, "--text", "RED").out().lines())
                .hasSize(3);
        assertThat(partflow("cache", "rm", store, "--node", "nobody", "--yes").err())
                .contains("0 entries");
        assertThat(partflow("cache", "rm", store, "--node", "second", "--text", "pears", "--yes")
                        .out())
                .contains("removed 1 entry");
        assertThat(partflow("cache", "rm", store, "--node", "first", "--text", "apples", "--derived", "--yes")
                        .out())
                .contains("removed 2 entries");
        assertThat(partflow("cache", "ls", store).out().lines()).hasSize(2);
        assertThat(partflow("cache", "ls", store, "--node", "first", "--text", "pears")
                        .out()
                        .lines())
                .hasSize(2);
    }

    @Test
    void ls_ofTheirStore_showsADashForWhatNobodyKnows_andChangesNothing() throws Exception {
        Path file = theirs();
        byte[] before = Files.readAllBytes(file);
        String prefix = PeerVectors.text(expected("hit").getFirst(), "prefix");
        Invocation.Result result = partflow("cache", "ls", file.toString(), "--prefix", prefix);

        assertThat(result.status()).isZero();
        assertThat(result.out().lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith(prefix));
        assertThat(result.out()).contains(" -  ");
        assertThat(partflow("cache", "ls", file.toString()).out())
                .contains("expired")
                .contains("never");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void ls_ofOurs_sortsAndFiltersAndGivesJson() {
        String file = warmed().toString();
        List<String> lines = partflow("cache", "ls", file, "--sort", "hits", "--json", "--kind", "text/*")
                .out()
                .lines()
                .toList();

        assertThat(lines).hasSize(56);
        List<Long> hits = lines.stream()
                .map(line -> number(JsonObject.parse(line), "hits"))
                .toList();
        assertThat(hits).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(number(JsonObject.parse(lines.getFirst()), "sizeBytes")).isPositive();
        assertThat(partflow("cache", "ls", file, "--json", "--kind", "image/*").out())
                .isEmpty();
        assertThat(partflow("cache", "ls", file, "--json", "--older", "1h").out())
                .isEmpty();
        assertThat(partflow("cache", "ls", file, "--sort", "beauty").status()).isEqualTo(2);
    }

    @Test
    void show_ofAUniqueBeginning_givesFactsAndParts() throws Exception {
        String file = theirs().toString();
        String prefix = PeerVectors.text(expected("hit").getFirst(), "prefix");
        String key = PeerVectors.text(expected("hit").getFirst(), "key");
        Invocation.Result result = partflow("cache", "show", file, key.substring(0, prefix.length() + 8));

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains(key).contains("\"substream_name\"");
        assertThat(partflow("cache", "show", file, prefix).status()).isEqualTo(1);
        assertThat(partflow("cache", "show", file, "nothing").status()).isEqualTo(1);
    }

    @Test
    void rm_tellsTheCountAndAsks() throws Exception {
        String file = theirs().toString();
        int gone = expected("expired").size();
        String prefix = PeerVectors.text(expected("hit").getFirst(), "prefix");
        Invocation.Result refused = new Invocation().reading("n\n").run("cache", "rm", file, "--expired");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains(gone + " entries").contains("Nothing was removed");
        Invocation.Result agreed = new Invocation().reading("y\n").run("cache", "rm", file, "--expired");
        assertThat(agreed.status()).isZero();
        assertThat(agreed.out()).contains("removed " + gone + " entries");
        assertThat(partflow("cache", "rm", file, "--prefix", prefix, "--yes").status())
                .isZero();
        assertThat(partflow("cache", "ls", file, "--prefix", prefix, "--json").out())
                .isEmpty();
        assertThat(partflow("cache", "rm", file).status()).isEqualTo(2);
    }

    @Test
    void rm_inAStoreThatIsNotThere_makesNone() {
        Path file = folder.resolve("none.db");
        assertThat(partflow("cache", "rm", file.toString(), "--all", "--yes").status())
                .isEqualTo(1);
        assertThat(file).doesNotExist();
    }

    @Test
    void export_andImport_giveTheSameEntries() {
        String file = warmed().toString();
        String copy = folder.resolve("copy.db").toString();
        Invocation.Result exported = partflow("cache", "export", file);
        Invocation.Result imported = new Invocation().reading(exported.out()).run("cache", "import", copy);

        assertThat(imported.out()).contains("imported 56 entries");
        assertThat(partflow("cache", "export", copy).out()).isEqualTo(exported.out());
        assertThat(partflow("run", HELLO, "--cache", copy, "--report", "text", "--assert", "hitRatio==1")
                        .status())
                .isZero();
        assertThat(new Invocation()
                        .reading("{\"key\": 1}\n")
                        .run("cache", "import", copy)
                        .status())
                .isEqualTo(1);
    }

    @Test
    void export_toAFile_replacesItWhole_andThroughALink() throws Exception {
        String file = warmed().toString();
        String all = partflow("cache", "export", file).out();
        Path out = Files.writeString(folder.resolve("out.jsonl"), "what was there before");
        Path link = Files.createSymbolicLink(folder.resolve("link.jsonl"), out);

        assertThat(partflow("cache", "export", file, "--out", link.toString()).status())
                .isZero();
        assertThat(Files.readString(out)).isEqualTo(all);
        assertThat(link).isSymbolicLink();
        assertThat(partflow("cache", "export", file, "--out", folder.toString()).err())
                .contains("cannot be written");
        assertThat(partflow(
                                "cache",
                                "export",
                                file,
                                "--out",
                                folder.resolve("no/out.jsonl").toString())
                        .err())
                .contains("There is no folder");
        try (var files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString())).noneMatch(each -> each.endsWith(".tmp"));
        }
    }

    @Test
    void warm_fromAnotherStoreOrAPipeline_fillsIt() throws Exception {
        String target = folder.resolve("target.db").toString();
        assertThat(partflow("cache", "warm", target, "--from", theirs().toString())
                        .status())
                .isEqualTo(1);
        long theirs = partflow("cache", "ls", target, "--json").out().lines().count();
        assertThat(theirs).isEqualTo(expected("hit").size());
        assertThat(partflow("cache", "warm", target, "--pipeline", HELLO).status())
                .isZero();
        assertThat(partflow("cache", "ls", target, "--json").out().lines()).hasSize((int) theirs + 56);
        assertThat(partflow("cache", "warm", target).status()).isEqualTo(2);
    }

    @Test
    void warm_byRunning_runsNoSink_andFindsEverythingTheSecondTime() throws Exception {
        Path document = folder.resolve("write.partflow.json");
        Path written = folder.resolve("written.txt");
        Path media = Files.createDirectory(folder.resolve("in"));
        Files.writeString(media.resolve("a.txt"), "one");
        Files.writeString(media.resolve("b.txt"), "two");
        Files.writeString(document, """
            {"format":"partflow-pipeline","version":1,"name":"w","nodes":[
             {"id":"in","processor":"source.files","params":{"paths":["none.txt"]},"input":true},
             {"id":"up","processor":"model.simulated","params":{"latencyMinMs":0,"latencyMaxMs":0},"cache":{}},
             {"id":"out","processor":"sink.jsonl","params":{"file":"written.txt"}}],
             "wires":[{"from":"in.out","to":"up.in"},{"from":"up.out","to":"out.in"}]}
            """);
        String target = folder.resolve("target.db").toString();
        Invocation.Result first =
                partflow("cache", "warm", target, "--pipeline", document.toString(), "--input", media.toString());

        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out()).contains("kept 2 entries, found 0 there, from 2 parts");
        assertThat(written).doesNotExist();
        assertThat(partflow("cache", "warm", target, "--pipeline", document.toString(), "--input", media.toString())
                        .out())
                .contains("kept 0 entries, found 2 there");
        assertThat(partflow(
                                "cache",
                                "warm",
                                target,
                                "--pipeline",
                                folder.resolve("no.json").toString())
                        .status())
                .isEqualTo(1);
        assertThat(partflow("cache", "warm", target, "--from", target, "--input", media.toString())
                        .status())
                .isEqualTo(2);
        Path none = folder.resolve("none.db");
        assertThat(partflow(
                                "cache",
                                "warm",
                                none.toString(),
                                "--from",
                                folder.resolve("no.db").toString())
                        .status())
                .isEqualTo(1);
        assertThat(none).doesNotExist();
    }

    @Test
    void cache_withoutACommand_isWrongUsage() {
        Invocation.Result result = partflow("cache");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("ls, show, stats, rm, export, import or warm");
        assertThat(partflow("cache", "ls", "--help").out()).contains("--prefix");
        assertThat(partflow("cache", "stats", folder.resolve("no.db").toString())
                        .status())
                .isEqualTo(1);
    }
}
