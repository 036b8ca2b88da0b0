package io.partflow.bench;

import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.run.Run;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.stream.StreamClock;
import io.partflow.pipeline.GraphCompiler;
import io.partflow.pipeline.PipelineDocument;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// From the wish to cancel to the end of the run, in the middle of a step that has long work to do: an
/// answer that takes ten minutes, the summary of 4 MB of text, the facts of an image of 36 megapixels, the
/// segments of twenty minutes of sound. It must be at most 200 ms; the limit is the answer, which only
/// waits.
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 8)
@State(Scope.Benchmark)
public class CancelBench {
    private static final long SEED = 20_260_214;

    @Param({"model.simulated", "text.summary", "image.facts", "audio.segments"})
    public String step;

    /// How long the step has been at work when the wish comes.
    @Param({"20", "150"})
    public int afterMillis;

    private Path folder;
    private Run run;

    @Setup
    public void write() throws IOException {
        folder = Files.createTempDirectory("partflow-cancel");
        SplittableRandom random = new SplittableRandom(SEED);
        switch (step) {
            case "image.facts" -> {
                BufferedImage image = new BufferedImage(6_000, 6_000, BufferedImage.TYPE_INT_RGB);
                for (int y = 0; y < image.getHeight(); y++) {
                    for (int x = 0; x < image.getWidth(); x++) {
                        image.setRGB(x, y, (x / 16 * 7 + y / 16 * 13) & 0xFFFFFF);
                    }
                }
                ImageIO.write(image, "png", folder.resolve("large.png").toFile());
            }
            case "audio.segments" -> {
                int bytes = 16_000 * 2 * 1_200;
                ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
                wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
                wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
                wav.putShort((short) 1).putShort((short) 1).putInt(16_000).putInt(32_000);
                wav.putShort((short) 2).putShort((short) 16);
                wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
                while (wav.hasRemaining()) {
                    wav.putShort((short) random.nextInt(-9_000, 9_000));
                }
                Files.write(folder.resolve("minutes.wav"), wav.array());
            }
            default -> {
                StringBuilder text = new StringBuilder(4_200_000);
                while (text.length() < 4_000_000) {
                    text.append("Word").append(random.nextInt(5_000)).append(random.nextInt(12) == 0 ? ". " : " ");
                }
                Files.writeString(folder.resolve("long.txt"), text);
            }
        }
    }

    @Setup(Level.Invocation)
    public void start() {
        String params = step.equals("model.simulated") ? "{\"latencyMinMs\":600000,\"latencyMaxMs\":600000}" : "{}";
        PipelineDocument.Reading reading = new PipelineDocument(BuiltinProcessors.catalog())
                .parse("""
                    {"format":"partflow-pipeline","version":1,"name":"Cancel","nodes":[
                     {"id":"files","processor":"source.files","processorVersion":1,"params":{"paths":["%s"]}},
                     {"id":"work","processor":"%s","processorVersion":1,"params":%s},
                     {"id":"show","processor":"sink.viewer","processorVersion":1,"params":{}}],
                     "wires":[{"from":"files.out","to":"work.in"},{"from":"work.out","to":"show.in"}]}
                    """.formatted(folder.toString().replace('\\', '/'), step, params));
        GraphCompiler.Compiled compiled = GraphCompiler.compile(reading.graph(), BuiltinProcessors.catalog(), folder);
        run = Run.start(
                Objects.requireNonNull(
                        compiled.plan(), () -> compiled.problems().toString()),
                new CacheRoom(StreamClock.system()),
                RunOptions.DEFAULT);
        while (run.snapshot().nodes().stream().noneMatch(node -> node.id().equals("work") && node.partsIn() > 0)) {
            LockSupport.parkNanos(1_000_000);
        }
        LockSupport.parkNanos(afterMillis * 1_000_000L);
    }

    @Benchmark
    public RunSnapshot cancel() throws InterruptedException {
        run.cancel();
        return run.await();
    }

    @TearDown(Level.Invocation)
    public void end() {
        run.close();
    }

    @TearDown
    public void remove() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
