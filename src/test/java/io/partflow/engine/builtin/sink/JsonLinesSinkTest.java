package io.partflow.engine.builtin.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.WireForm;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartSink;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesSinkTest {
    @TempDir
    Path folder;

    private final FakeContext context = new FakeContext();

    private PartSink sink(String file) {
        return (PartSink) FakeContext.build(JsonLinesSink.ENTRY, JsonObject.of("file", JsonValue.of(file)), folder);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void parts_areLinesInWireFormWithTheirOrigin() throws Exception {
        Part text = Part.text("héllo\nthere", "user");
        Part blob = Part.blob(new byte[] {1, 2, 3}, "image/png");
        PartSink sink = sink("out.jsonl");

        sink.take(new Delivery(text, Origin.ofNode("a").withServing(Origin.Serving.FROM_CACHE)), context);
        sink.take(new Delivery(blob, Origin.ofNode("a").withFile("x.png")), context);
        sink.end(context);
        sink.close();

        List<String> lines = Files.readAllLines(folder.resolve("out.jsonl"));
        assertThat(lines).hasSize(2);
        assertThat(WireForm.read(lines.get(0))).isEqualTo(text.withMetadata("from_cache", JsonValue.of(true)));
        assertThat(WireForm.read(lines.get(1)))
                .isEqualTo(blob.withMetadata("original_file_name", JsonValue.of("x.png")));
        assertThat(names()).containsExactly("out.jsonl");
    }

    @Test
    void cancelledRun_leavesTheFormerFile() throws Exception {
        Files.writeString(folder.resolve("out.jsonl"), "before");
        PartSink sink = sink("out.jsonl");

        sink.take(new Delivery(Part.text("new"), Origin.ofNode("a")), context);
        sink.close();

        assertThat(Files.readString(folder.resolve("out.jsonl"))).isEqualTo("before");
        assertThat(names()).containsExactly("out.jsonl");
    }

    @Test
    void finishedRun_replacesTheFormerFileEvenWithNothing() throws Exception {
        Files.writeString(folder.resolve("out.jsonl"), "before");
        PartSink sink = sink("out.jsonl");

        sink.end(context);
        sink.close();

        assertThat(Files.readString(folder.resolve("out.jsonl"))).isEmpty();
        assertThat(context.failures).isEmpty();
    }

    @Test
    void missingFolder_breaksTheSinkWithARemedy() {
        PartSink sink = sink("nowhere/out.jsonl");

        assertThatThrownBy(() -> sink.take(new Delivery(Part.text("x"), Origin.ofNode("a")), context))
                .isInstanceOfSatisfying(PartSink.Broken.class, e -> {
                    assertThat(e.failure().code()).isEqualTo("FOLDER_MISSING");
                    assertThat(e.failure().file()).isEqualTo("nowhere/out.jsonl");
                    assertThat(e.failure().remedy()).isNotBlank();
                });
    }

    @Test
    void fullDrive_breaksTheSinkAndLeavesTheFormerFileAlone() throws Exception {
        Files.writeString(folder.resolve("out.jsonl"), "before");
        JsonObject given = JsonObject.of("file", JsonValue.of("out.jsonl"));
        PartSink sink = new JsonLinesSink(
                Params.of(JsonLinesSink.DESCRIPTOR, given), new BuildContext("save", folder, 1), full());

        assertThatThrownBy(() -> sink.take(new Delivery(Part.text("x"), Origin.ofNode("a")), context))
                .isInstanceOfSatisfying(PartSink.Broken.class, e -> {
                    assertThat(e.failure().code()).isEqualTo("FILE_NOT_WRITABLE");
                    assertThat(e.failure().message())
                            .isEqualTo("out.jsonl could not be written, and is as it was before: No space left.");
                    assertThat(e.failure().remedy()).contains("space left on the drive");
                });
        sink.close();

        assertThat(names()).containsExactly("out.jsonl");
        assertThat(Files.readString(folder.resolve("out.jsonl"))).isEqualTo("before");
    }

    private static JsonLinesSink.Opening full() {
        return file -> {
            Files.createFile(file);
            return new BufferedWriter(
                    new Writer() {
                        @Override
                        public void write(char[] text, int from, int length) throws IOException {
                            throw new IOException("No space left");
                        }

                        @Override
                        public void flush() {}

                        @Override
                        public void close() {}
                    },
                    1);
        };
    }

    private boolean hasPosix() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Test
    void newFile_hasThePermissionsOfAnyOtherAndAReplacedOneKeepsItsOwn() throws Exception {
        if (!hasPosix()) {
            return;
        }
        Path ordinary = Files.createFile(folder.resolve("ordinary"));
        Path kept = Files.createFile(folder.resolve("kept.jsonl"));
        Set<PosixFilePermission> shared = PosixFilePermissions.fromString("rw-rw-r--");
        Files.setPosixFilePermissions(kept, shared);

        for (String name : List.of("new.jsonl", "kept.jsonl")) {
            PartSink sink = sink(name);
            sink.end(context);
            sink.close();
        }

        assertThat(Files.getPosixFilePermissions(folder.resolve("new.jsonl")))
                .isEqualTo(Files.getPosixFilePermissions(ordinary));
        assertThat(Files.getPosixFilePermissions(kept)).isEqualTo(shared);
    }

    @Test
    void linkedFile_isReplacedWhereTheLinkLeads() throws Exception {
        if (!hasPosix()) {
            return;
        }
        Path real = Files.createDirectory(folder.resolve("real")).resolve("out.jsonl");
        Files.writeString(real, "before");
        Files.createSymbolicLink(folder.resolve("out.jsonl"), real);
        PartSink sink = sink("out.jsonl");

        sink.end(context);
        sink.close();

        assertThat(Files.isSymbolicLink(folder.resolve("out.jsonl"))).isTrue();
        assertThat(Files.readString(real)).isEmpty();
    }
}
