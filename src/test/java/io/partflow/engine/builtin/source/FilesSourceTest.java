package io.partflow.engine.builtin.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesSourceTest {
    private static final Path MEDIA = Path.of("samples", "media").toAbsolutePath();

    @TempDir
    Path folder;

    private static JsonObject paths(String... paths) {
        return JsonObject.of(
                "paths", new JsonArray(Arrays.stream(paths).map(JsonValue::of).toList()));
    }

    private FakeContext read(JsonObject params) throws Exception {
        return new FakeContext().run(FilesSource.ENTRY, params, folder);
    }

    private Path write(String name, byte[] data) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, data);
    }

    private Path write(String name, String text) throws IOException {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> files(FakeContext context) {
        return context.origins.stream()
                .map(origin -> String.valueOf(origin.file()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "images/chelsea.png,image/png",
        "images/rocket.jpg,image/jpeg",
        "audio/q1.wav,audio/wav",
        "audio/dialogue.ogg,audio/ogg",
        "text/alice-chapter-1.txt,text/plain"
    })
    void sampleFile_hasItsType(String name, String mimeType) throws Exception {
        FakeContext context = new FakeContext().run(FilesSource.ENTRY, paths(name), MEDIA);

        assertThat(context.failures).isEmpty();
        assertThat(context.parts).hasSize(1);
        assertThat(context.parts.get(0).mimeType()).isEqualTo(mimeType);
        assertThat(context.parts.get(0).bytes().toArray()).isEqualTo(Files.readAllBytes(MEDIA.resolve(name)));
        assertThat(files(context)).containsExactly(name);
        assertThat(context.parts.get(0).metadata()).isEqualTo(JsonObject.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        "a.txt,text/plain",
        "a.md,text/markdown",
        "a.csv,text/csv",
        "a.json,application/json",
        "a.jsonl,application/jsonl",
        "a.html,text/html",
        "a.xml,text/xml",
        "a.py,text/x-python",
        "A.TXT,text/plain",
        "noextension,text/plain",
        "a.log,text/x-log"
    })
    void nameDecidesBetweenTextTypes(String name, String mimeType) throws Exception {
        write(name, "some, words\nmore, words\n");

        FakeContext context = read(paths(name));

        assertThat(context.failures).isEmpty();
        assertThat(context.parts.get(0).mimeType()).isEqualTo(mimeType);
    }

    @ParameterizedTest
    @CsvSource({"fLaC,audio/flac,a.flac", "ID3,audio/mpeg,a.mp3", "OggS,audio/ogg,a.ogg"})
    void compressedSound_isToldByItsFirstBytes(String magic, String mimeType, String name) throws Exception {
        byte[] data = new byte[200];
        byte[] start = magic.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(start, 0, data, 0, start.length);
        write(name, data);

        FakeContext context = read(paths(name));

        assertThat(context.parts.get(0).mimeType()).isEqualTo(mimeType);
        assertThat(context.codes()).isEmpty();
    }

    @Test
    void nameWithABackslash_staysAsItIsWhereItIsALetter() throws Exception {
        if (!folder.getFileSystem().getSeparator().equals("/")) {
            return;
        }
        write("in/a\\b.txt", "odd");

        FakeContext context = read(paths("in/a\\b.txt", "in"));

        assertThat(context.failures).isEmpty();
        assertThat(files(context)).containsExactly("in/a\\b.txt", "in/a\\b.txt");
    }

    @Test
    void folder_isReadInNaturalOrderWithoutHiddenFiles() throws Exception {
        write("in/frame-10.txt", "10");
        write("in/frame-2.txt", "2");
        write("in/sub/x.txt", "x");
        write("in/Frame-1.txt", "1");
        write("in/.hidden", "h");
        write("in/.git/config", "c");

        assertThat(read(paths("in")).texts()).containsExactly("1", "2", "10", "x");
        assertThat(read(paths("in").with("recursive", JsonValue.of(false))).texts())
                .containsExactly("1", "2", "10");
    }

    @Test
    void pattern_picksByNameOrByPath() throws Exception {
        write("in/a.txt", "a");
        write("in/b.md", "b");
        write("in/sub/c.txt", "c");

        assertThat(read(paths("in").with("glob", JsonValue.of("*.txt"))).texts())
                .containsExactly("a", "c");
        assertThat(read(paths("in").with("glob", JsonValue.of("sub/*"))).texts())
                .containsExactly("c");
        assertThat(read(paths("in").with("glob", JsonValue.of("*.png"))).codes())
                .containsExactly("FOLDER_NO_MATCH");
        assertThat(read(paths("in").with("glob", JsonValue.of("[a"))).codes()).containsExactly("GLOB_INVALID");
    }

    @Test
    void badFiles_areToldAndTheNextIsRead() throws Exception {
        write("empty.txt", "");
        write("large.bin", new byte[3_000_000]);
        write("good.txt", "good");
        FakeContext context = new FakeContext();
        context.maxFileBytes = 2L << 20;

        context.run(FilesSource.ENTRY, paths("missing.txt", "empty.txt", "large.bin", "good.txt"), folder);

        assertThat(context.codes()).containsExactly("FILE_MISSING", "FILE_EMPTY", "FILE_TOO_LARGE");
        assertThat(context.failures.stream().map(f -> f.file()))
                .containsExactly("missing.txt", "empty.txt", "large.bin");
        assertThat(context.failures).allMatch(failure -> !failure.remedy().isBlank());
        assertThat(context.failures.get(2).message()).contains("2.0 MiB");
        assertThat(context.texts()).containsExactly("good");
    }

    @Test
    void wronglyNamedFile_flowsWithItsRealTypeAndIsTold() throws Exception {
        write("photo.txt", Files.readAllBytes(MEDIA.resolve("images/moon.png")));
        write("photo.png", Files.readAllBytes(MEDIA.resolve("images/rocket.jpg")));
        write("words.png", "only words");
        write("call.wav", new byte[] {9, 8, 7, 6, 5, 0, 0, 1, 2, 3});

        FakeContext context = read(paths("photo.txt", "photo.png", "words.png", "call.wav"));

        assertThat(context.parts.stream().map(Part::mimeType))
                .containsExactly("image/png", "image/jpeg", "text/plain", "application/octet-stream");
        assertThat(context.codes()).containsOnly("FILE_NAME_MISMATCH").hasSize(4);
        assertThat(context.warnings.get(0).message()).contains("photo.txt", "image/png");
    }

    @Test
    void encodings_areRecognised() throws Exception {
        String text = "Grüße, ‘naïve’ café — 10 €";
        write("utf8.txt", text);
        write("mark.txt", "\ufeff" + text);
        write("utf16.txt", ("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE));
        write("utf16be.txt", ("\ufeff" + text).getBytes(StandardCharsets.UTF_16BE));
        write("western.txt", text.getBytes(Charset.forName("windows-1252")));

        FakeContext context = read(paths("utf8.txt", "mark.txt", "utf16.txt", "utf16be.txt", "western.txt"));

        assertThat(context.failures).isEmpty();
        assertThat(context.texts()).containsOnly(text).hasSize(5);
    }

    @Test
    void textInAnUnknownEncoding_isToldWithARemedy() throws Exception {
        write("odd.txt", new byte[] {'a', (byte) 0x81, (byte) 0x8D, (byte) 0xFF, 'b', (byte) 0x90, 'c'});

        FakeContext context = read(paths("odd.txt"));

        assertThat(context.parts).isEmpty();
        assertThat(context.failures).hasSize(1);
        assertThat(context.failures.get(0).message()).contains("odd.txt");
    }

    @Test
    void textCutOffInsideACharacter_isReadUpToThere() throws Exception {
        byte[] whole = "schön und später ein 😀".getBytes(StandardCharsets.UTF_8);
        write("cut.txt", Arrays.copyOf(whole, whole.length - 2));

        FakeContext context = read(paths("cut.txt"));

        assertThat(context.texts()).containsExactly("schön und später ein ");
        assertThat(context.codes()).containsExactly("TEXT_TRUNCATED");
    }

    @Test
    void longText_comesInPiecesCutAtParagraphsAndNothingIsLost() throws Exception {
        String chapter = Files.readString(MEDIA.resolve("text/alice-chapter-1.txt"));
        write("book.txt", chapter);

        FakeContext context = read(paths("book.txt").with("pieceBytes", JsonValue.of(2048)));

        assertThat(context.parts).hasSizeGreaterThan(5);
        assertThat(String.join("", context.texts())).isEqualTo(chapter);
        assertThat(context.parts).allMatch(part -> part.bytes().length() <= 2048);
        assertThat(context.texts().subList(0, context.parts.size() - 1)).allMatch(piece -> piece.endsWith("\n\n"));
        assertThat(context.admitted).hasSize(context.parts.size()).allMatch(bytes -> bytes == 2048);
    }

    @Test
    void longTextWithoutSpaces_isCutBetweenCharacters() throws Exception {
        String text = "😀é字".repeat(2_000);
        write("wall.txt", text);

        FakeContext context = read(paths("wall.txt").with("pieceBytes", JsonValue.of(1024)));

        assertThat(String.join("", context.texts())).isEqualTo(text);
        assertThat(context.parts).allMatch(part -> part.bytes().length() <= 1024);
    }

    @Test
    void longJson_staysWhole() throws Exception {
        String json = "[" + "\"word\",\n\n".repeat(1_000) + "\"end\"]";
        write("long.json", json);

        assertThat(read(paths("long.json").with("pieceBytes", JsonValue.of(1024)))
                        .texts())
                .containsExactly(json);
    }

    @Test
    void equalFiles_areEqualParts() throws Exception {
        write("one.txt", "same");
        write("two.txt", "same");

        List<Part> parts = read(paths("one.txt", "two.txt")).parts;

        assertThat(parts.get(0)).isEqualTo(parts.get(1));
    }

    @Test
    void linkBackToTheFolderAbove_endsAndIsNoFault() throws Exception {
        write("in/a.txt", "a");
        Files.createSymbolicLink(folder.resolve("in/again"), folder.resolve("in"));

        FakeContext context = read(paths("in"));

        assertThat(context.texts()).containsExactly("a");
        assertThat(context.failures).isEmpty();
    }

    @Test
    void interrupt_endsTheReading() throws Exception {
        write("a.txt", "a");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> read(paths("a.txt"))).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }
}
