package io.partflow.cli;

import static io.partflow.cli.Invocation.partflow;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stores that are not as they should be, under every command that touches one: a clear problem, whatever can be
/// read, and not a byte of the file changed.
class DamagedStoreCommandTest {
    private static final String HELLO = "samples/hello-hits.partflow.json";

    @TempDir
    private Path folder;

    private static void execute(Path file, String... sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String each : sql) {
                statement.execute(each);
            }
        }
    }

    private Path sound() throws Exception {
        Path file = folder.resolve("store.db");
        assertThat(partflow("run", HELLO, "--cache", file.toString(), "--report", "text")
                        .status())
                .isZero();
        execute(file, "PRAGMA journal_mode = DELETE");
        return file;
    }

    private List<List<String>> commands(Path store) throws Exception {
        String file = store.toString();
        Path lines = folder.resolve("lines.jsonl");
        Files.writeString(lines, "");
        List<List<String>> commands = new ArrayList<>();
        for (String reading : List.of("ls", "stats", "export")) {
            commands.add(List.of("cache", reading, file));
        }
        commands.add(List.of("cache", "show", file, "pf1:"));
        commands.add(List.of("cache", "rm", file, "--all", "--yes"));
        commands.add(List.of("cache", "import", file, lines.toString()));
        commands.add(List.of("cache", "warm", file, "--pipeline", HELLO));
        commands.add(List.of("cache", "warm", folder.resolve("target.db").toString(), "--from", file));
        commands.add(List.of("run", HELLO, "--cache", file, "--report", "text"));
        return commands;
    }

    /// @param problem part of what every command says of it
    private List<Invocation.Result> all(Path file, String problem) throws Exception {
        byte[] before = Files.readAllBytes(file);
        List<Invocation.Result> results = new ArrayList<>();
        for (List<String> command : commands(file)) {
            Invocation.Result result = partflow(command.toArray(String[]::new));
            String said = result.out() + result.err();
            assertThat(said).as("%s", command).contains(problem).doesNotContain("Exception");
            assertThat(Files.readAllBytes(file)).as("%s", command).isEqualTo(before);
            results.add(result);
        }
        return results;
    }

    @Test
    void notADatabase_isRefusedByEveryCommand() throws Exception {
        Path file =
                Files.writeString(folder.resolve("notes.db"), "These are my notes, and they shall stay. ".repeat(9));
        assertThat(all(file, "is not an SQLite database"))
                .allSatisfy(result -> assertThat(result.status()).isEqualTo(1));
    }

    @Test
    void aDatabaseOfSomethingElse_isRefusedByEveryCommand() throws Exception {
        Path file = folder.resolve("music.db");
        execute(file, "CREATE TABLE songs(title TEXT)", "INSERT INTO songs VALUES('a')");
        assertThat(all(file, "is a database of something else"))
                .allSatisfy(result -> assertThat(result.status()).isEqualTo(1));
        assertThat(folder.resolve("target.db")).doesNotExist();
    }

    @Test
    void aTruncatedStore_isReadAsFarAsItGoes() throws Exception {
        Path file = sound();
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(raw.length() - 2 * 4096);
        }
        List<Invocation.Result> results = all(file, "ends too early");
        // ls and export give what is left.
        assertThat(results.getFirst().out().lines().count()).isGreaterThan(2);
        assertThat(results.get(2).out()).contains("\"key\"");
        // A run does its work without the store: that it is not kept is a warning.
        assertThat(results.getLast().status()).isZero();
    }

    @Test
    void damagedPages_areAProblem_andNothingIsWritten() throws Exception {
        Path file = sound();
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            for (long at = 3 * 4096; at < raw.length(); at += 4096) {
                raw.seek(at);
                raw.write("damaged".repeat(500).getBytes(StandardCharsets.US_ASCII));
            }
        }
        byte[] before = Files.readAllBytes(file);
        for (List<String> command : commands(file)) {
            Invocation.Result result = partflow(command.toArray(String[]::new));
            assertThat(result.out() + result.err()).as("%s", command).contains("is damaged");
            assertThat(Files.readAllBytes(file)).as("%s", command).isEqualTo(before);
        }
    }

    @Test
    void oneDamagedPage_isAProblemOfEveryCommand_andTheRowsOfAllOthersAreThere() throws Exception {
        byte[] sound = Files.readAllBytes(sound());
        Path file = folder.resolve("copy.db");
        // The first page of the keys' index, one of the table's, and the last one.
        for (int page : List.of(3, 9, sound.length / 4096)) {
            byte[] copy = sound.clone();
            Arrays.fill(copy, (page - 1) * 4096, page * 4096, (byte) 'd');
            Files.write(file, copy);
            List<Invocation.Result> results = all(file, "is damaged");
            assertThat(results.getFirst().out().lines().count()).isGreaterThan(30);
            assertThat(results.get(2).out().lines().count()).isGreaterThan(29);
            assertThat(results.getLast().status()).isZero();
        }
    }

    @Test
    void aStoreThatAnotherProgramHoldsToWrite_isReadByEveryCommand() throws Exception {
        Path file = sound();
        byte[] before = Files.readAllBytes(file);
        Path lines = exported(file);
        String name = file.toString();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThat(reading(partflow("cache", "ls", name)).lines()).hasSize(57);
            assertThat(reading(partflow("cache", "stats", name))).contains("56");
            assertThat(reading(partflow("cache", "export", name))).isEqualTo(Files.readString(lines));
            Invocation.Result run =
                    partflow("run", HELLO, "--cache", name, "--report", "text", "--assert", "hitRatio==1");
            assertThat(run.out() + run.err()).contains("Another program holds " + name, "what is in it is read");
            assertThat(run.status()).isZero();
            Invocation.Result rm = partflow("cache", "rm", name, "--all", "--yes");
            assertThat(rm.err()).contains("Another program holds " + name);
            assertThat(rm.status()).isEqualTo(1);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    /// What export wrote of a store, and the store.
    private Path exported(Path store) throws Exception {
        Path lines = folder.resolve("kept.jsonl");
        assertThat(partflow("cache", "export", store.toString(), "--out", lines.toString())
                        .status())
                .isZero();
        return lines;
    }

    private static String reading(Invocation.Result result) {
        assertThat(result.err()).doesNotContain("STORE_");
        assertThat(result.status()).isZero();
        return result.out();
    }

    @Test
    void aStoreThatMayNotBeWritten_isRead_andSaidToBeReadOnlyByWhatWouldWrite() throws Exception {
        Path file = sound();
        Path lines = exported(file);
        String name = file.toString();
        // Which version of the library may write it, in the header: a right that even the owner of everything lacks.
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(18);
            raw.write(3);
        }
        assertThat(file.toFile().setReadOnly()).isTrue();
        byte[] before = Files.readAllBytes(file);
        try {
            assertThat(reading(partflow("cache", "ls", name)).lines()).hasSize(57);
            assertThat(reading(partflow("cache", "stats", name))).contains("56");
            assertThat(reading(partflow("cache", "export", name))).isEqualTo(Files.readString(lines));
            for (List<String> writing : List.of(
                    List.of("cache", "rm", name, "--all", "--yes"),
                    List.of("cache", "import", name, lines.toString()),
                    List.of("cache", "warm", name, "--pipeline", HELLO))) {
                Invocation.Result result = partflow(writing.toArray(String[]::new));
                assertThat(result.err())
                        .as("%s", writing)
                        .contains(name + " may not be written")
                        .doesNotContain("Exception");
                assertThat(result.status()).as("%s", writing).isEqualTo(1);
            }
            Invocation.Result run =
                    partflow("run", HELLO, "--cache", name, "--report", "text", "--assert", "hitRatio==1");
            assertThat(run.out() + run.err()).contains("may not be written");
            assertThat(run.status()).isZero();
            assertThat(partflow("cache", "warm", folder.resolve("target.db").toString(), "--from", name)
                            .out())
                    .contains("56 entries");
        } finally {
            assertThat(file.toFile().setWritable(true)).isTrue();
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aFullDisk_isAProblemOfWhatWouldWrite_andWhatIsThereStays() throws Exception {
        Path file = sound();
        Path lines = exported(file);
        String name = file.toString();
        // A table that has used up its numbers answers as a disk without room does.
        execute(
                file,
                "CREATE TABLE used(id INTEGER PRIMARY KEY AUTOINCREMENT)",
                "INSERT INTO used VALUES(9223372036854775807)",
                "CREATE TRIGGER full_in BEFORE INSERT ON content_cache BEGIN INSERT INTO used VALUES(NULL); END",
                "CREATE TRIGGER full_out BEFORE DELETE ON content_cache WHEN OLD.key NOT LIKE 'gone%'"
                        + " BEGIN INSERT INTO used VALUES(NULL); END",
                "UPDATE content_cache SET key = 'gone' || key WHERE rowid <= 6",
                "DELETE FROM content_cache WHERE key LIKE 'gone%'");
        List<List<String>> keys = new ArrayList<>();
        for (List<String> writing : List.of(
                List.of("cache", "rm", name, "--all", "--yes"),
                List.of("cache", "import", name, lines.toString()),
                List.of("cache", "warm", name, "--pipeline", HELLO))) {
            Invocation.Result result = partflow(writing.toArray(String[]::new));
            assertThat(result.err())
                    .as("%s", writing)
                    .contains("There is no room on the disk of " + name)
                    .doesNotContain("Exception");
            assertThat(result.status()).as("%s", writing).isEqualTo(1);
            keys.add(reading(partflow("cache", "ls", name))
                    .lines()
                    .map(line -> line.split(" ", 2)[0])
                    .toList());
        }
        assertThat(keys.getFirst()).hasSize(51);
        assertThat(keys).allSatisfy(each -> assertThat(each).isEqualTo(keys.getFirst()));
        // Its answers are all there, those that are not kept, too.
        Invocation.Result run = partflow("run", HELLO, "--cache", name, "--report", "text", "--assert", "misses==6");
        assertThat(run.out() + run.err()).contains("There is no room on the disk of " + name);
        assertThat(run.status()).isZero();
        assertThat(reading(partflow("cache", "export", name)).lines()).hasSize(50);
    }

    @Test
    void export_ofAStoreOfWhichNotAllCanBeRead_leavesAFileThatIsThere_andFillsOneThatIsNot() throws Exception {
        Path file = sound();
        Path lines = exported(file);
        String good = Files.readString(lines);
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(raw.length() - 2 * 4096);
        }
        Invocation.Result refused = partflow("cache", "export", file.toString(), "--out", lines.toString());
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("was left as it is", "ends too early");
        assertThat(lines).hasContent(good);

        Path other = folder.resolve("left.jsonl");
        Invocation.Result saved = partflow("cache", "export", file.toString(), "--out", other.toString());
        assertThat(saved.status()).isEqualTo(1);
        assertThat(saved.err()).contains("exported", "ends too early");
        assertThat(Files.readString(other)).contains("\"key\"");
        try (var files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString())).noneMatch(each -> each.endsWith(".tmp"));
        }
    }

    @Test
    void anEmptyFile_isListedAsAStoreWithoutEntries() throws Exception {
        Path file = Files.createFile(folder.resolve("empty.db"));
        for (String reading : List.of("ls", "stats", "export")) {
            Invocation.Result result = partflow("cache", reading, file.toString());
            assertThat(result.err()).as(reading).doesNotContain("STORE_", "no such table");
            assertThat(result.status()).as(reading).isZero();
        }
        assertThat(file).isEmptyFile();
    }

    @Test
    void aLockedStore_isAProblemOfARun_andStaysAsItIs() throws Exception {
        Path file = sound();
        byte[] before = Files.readAllBytes(file);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            Invocation.Result result = partflow("run", HELLO, "--cache", file.toString());
            assertThat(result.status()).isEqualTo(1);
            assertThat(result.err()).contains("Another program holds " + file + " locked");
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
}
