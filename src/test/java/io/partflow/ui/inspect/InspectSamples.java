package io.partflow.ui.inspect;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.cache.LatencySnapshot;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.cache.SavingsSnapshot;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.engine.run.StageState;
import io.partflow.engine.stream.MemorySnapshot;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/// Entries, parts and snapshots for tests of the inspecting views.
public final class InspectSamples {
    public static final long NOW = 1_795_000_000_000L;

    private InspectSamples() {}

    public static CacheEntry entry(int number, long ageMillis, long ttlMillis, long hits) {
        Random random = new Random(number);
        String processor = number % 3 == 0 ? "image.facts" : "model.simulated";
        Part part = number % 3 == 0
                ? Part.json("{\"width\": 640, \"height\": 480, \"colours\": [\"#CC722B\", \"#3479E7\"]}")
                : Part.text(
                                "Please stop using the charger. A replacement for order 88-" + number
                                        + " is on its way and arrives on Tuesday; keep the old one for the pickup.",
                                "model")
                        .withMetadata("lang", JsonValue.of("en"));
        return new CacheEntry(
                new CacheKey(
                        "pf1:" + processor + "@1:0123456789abcdef:",
                        new ContentHash(random.nextLong(), random.nextLong())),
                List.of(part),
                number % 3 == 0 ? "facts" : "answer",
                processor,
                part.sizeBytes() * (1 + number * 37L % 900),
                NOW - ageMillis,
                ttlMillis == 0 ? Long.MAX_VALUE : NOW - ageMillis + ttlMillis,
                hits,
                hits == 0 ? 0 : NOW - ageMillis / 3,
                702_000_000L,
                number % 3 == 0 ? Usage.NONE : new Usage(118, 64, 900));
    }

    public static List<CacheEntry> entries(int count) {
        List<CacheEntry> all = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            all.add(entry(i, 1_000L * (i * 13 % 85), i % 7 == 0 ? 0 : 90_000, i * 29 % 41));
        }
        return all;
    }

    public static RunSnapshot run(long hits, long misses, long coalesced, long busySeconds) {
        CacheSnapshot cache = new CacheSnapshot(
                hits,
                misses,
                coalesced,
                0,
                0,
                misses,
                0,
                0,
                0,
                0,
                misses,
                misses * 3000,
                1_000L,
                64L << 20,
                new LatencySnapshot(hits / 64, 0.6, 1.9, 6.2),
                new LatencySnapshot(misses, 612, 1120, 1190));
        NodeSnapshot node = new NodeSnapshot(
                "answer",
                "model.simulated",
                1,
                StageState.RUNNING,
                hits + misses + coalesced,
                hits + misses + coalesced - 4,
                0,
                0,
                busySeconds * 1_000_000_000L,
                2_000_000_000L,
                4_000_000_000L,
                cache,
                null,
                SavingsSnapshot.NONE,
                Part.text("Please stop using it."),
                Outcome.MISS);
        return new RunSnapshot(
                "run-1",
                "sample",
                RunStatus.RUNNING,
                Instant.ofEpochMilli(NOW),
                60_000_000_000L,
                List.of(node),
                List.of(),
                new MemorySnapshot(100L << 20, 1 << 20, 2 << 20),
                cache,
                SavingsSnapshot.NONE,
                hits + misses,
                hits + misses,
                0,
                List.of());
    }

    public static Part picture() {
        BufferedImage image = new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D brush = image.createGraphics();
        brush.setPaint(new GradientPaint(0, 0, new Color(0x5B7C99), 320, 200, new Color(0xCC722B)));
        brush.fillRect(0, 0, 320, 200);
        brush.setColor(Color.WHITE);
        brush.fillOval(120, 60, 80, 80);
        brush.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Part.blob(bytes.toByteArray(), "image/png");
    }

    /// A second of 16-bit sound at 16 kHz: two tones with silence between, and one click.
    public static Part sound() {
        int frames = 16_000;
        ByteBuffer wav = ByteBuffer.allocate(44 + 2 * frames).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * frames);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(16_000).putInt(32_000);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * frames);
        for (int i = 0; i < frames; i++) {
            double loud = i < 5_000 ? 0.7 * Math.sin(i / 900.0) : i > 10_000 ? 0.5 : 0;
            double sample = i == 7_500 ? 1 : loud * Math.sin(i * 0.3);
            wav.putShort((short) (32_767 * sample));
        }
        return Part.blob(wav.array(), "audio/wav");
    }

    public static List<Part> partsOfEveryKind() {
        return List.of(
                Part.text("Charger stopped after two days, smells burnt. Order 88-1042.", "user")
                        .withMetadata(JsonObject.of("lang", JsonValue.of("en"))),
                picture(),
                sound(),
                Part.json("{\"sharpness\": 0.81, \"colours\": [\"#CC722B\"], \"size\": {\"w\": 640, \"h\": 480}}"),
                Part.blob(new byte[] {'f', 'L', 'a', 'C', 0, 0, 0, 34}, "audio/flac"),
                Part.blob("%PDF-1.7 and some more bytes".getBytes(StandardCharsets.US_ASCII), "application/pdf"));
    }
}
