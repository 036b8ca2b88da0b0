package io.partflow.ui.inspect.part;

import io.partflow.engine.builtin.audio.WavAudio;
import io.partflow.engine.builtin.image.ExifOrientation;
import io.partflow.engine.content.BlobBody;
import io.partflow.engine.content.Bytes;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.MimeType;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.PartBody;
import io.partflow.engine.content.TextBody;
import io.partflow.engine.content.WireFormException;
import io.partflow.engine.processor.PartException;
import io.partflow.ui.inspect.part.PartPreview.Face;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Makes previews of parts. Pure functions that may take a while: they belong on no interface thread.
public final class PartPreviews {
    /// How many characters of a text are shown at first, and how many more with each wish for more.
    public static final int TEXT_CHARS = 65_536;

    private static final int JSON_CHARS = 1 << 20;
    private static final int HEX_BYTES = 256;
    private static final int HEX_ROW = 8;
    private static final int WAVE_COLUMNS = 280;
    private static final long PIXEL_LIMIT = 64_000_000;

    private PartPreviews() {}

    /// What to show of a part.
    ///
    /// @param textChars how many characters of a text at most
    public static PartPreview of(Part part, int textChars) {
        return switch (part.body()) {
            case TextBody text -> text(part, text.text(), textChars);
            case BlobBody blob -> blob(part, blob.data(), textChars);
            case PartBody.Structured other -> cut(PrettyJson.of(other.fields()), textChars, Face.CODE);
        };
    }

    private static PartPreview text(Part part, String text, int limit) {
        if (text.isEmpty()) {
            return new PartPreview.Note(
                    Messages.text(part.isEndOfTurn() ? "inspect.part.endofturn" : "inspect.part.empty"));
        }
        if (part.isJson() && text.length() <= JSON_CHARS) {
            try {
                return cut(PrettyJson.of(JsonValue.parse(text)), limit, Face.CODE);
            } catch (WireFormException e) {
                // shown as it stands: whoever looks wants to see what is wrong with it
                return cut(text, limit, Face.CODE);
            }
        }
        return cut(text, limit, part.isJson() || MimeType.isSourceCode(part.mimeType()) ? Face.CODE : Face.PROSE);
    }

    private static PartPreview cut(String text, int limit, Face face) {
        if (text.length() <= limit) {
            return new PartPreview.Text(text, 0, face);
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return new PartPreview.Text(text.substring(0, end), text.length() - end, face);
    }

    private static PartPreview blob(Part part, Bytes data, int limit) {
        String mime = part.mimeType();
        if (data.isEmpty()) {
            return new PartPreview.Note(Messages.text("inspect.part.empty"));
        }
        if (MimeType.isImage(mime)) {
            return picture(data, mime);
        }
        if (MimeType.isAudio(mime)) {
            return sound(data, mime);
        }
        if (MimeType.isText(mime)) {
            try {
                return text(part, part.text(), limit);
            } catch (IllegalStateException e) {
                return hex(data);
            }
        }
        return hex(data);
    }

    private static PartPreview picture(Bytes data, String mime) {
        try (ImageInputStream input = new MemoryCacheImageInputStream(data.inputStream())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                return new PartPreview.Note(Messages.text("inspect.part.nopicture", mime));
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(input, true, true);
                ExifOrientation orientation = ExifOrientation.of(data);
                int width = orientation.isSideways() ? reader.getHeight(0) : reader.getWidth(0);
                int height = orientation.isSideways() ? reader.getWidth(0) : reader.getHeight(0);
                return (long) width * height > PIXEL_LIMIT
                        ? new PartPreview.Note(
                                Messages.text("inspect.part.hugepicture", Formats.count(width), Formats.count(height)))
                        : new PartPreview.Picture(data, width, height);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // readers throw whatever comes to them at bytes that are not what they should be
            return new PartPreview.Note(Messages.text("inspect.part.nopicture", mime));
        }
    }

    private static PartPreview sound(Bytes data, String mime) {
        if (!MimeType.isWav(mime)
                && !mime.toLowerCase(Locale.ROOT).startsWith("audio/x-wav")
                && !mime.toLowerCase(Locale.ROOT).startsWith("audio/vnd.wave")) {
            return new PartPreview.Note(Messages.text("inspect.part.nosound", mime, Formats.bytes(data.length())));
        }
        try {
            return new PartPreview.Sound(Waveform.of(WavAudio.read(data), WAVE_COLUMNS));
        } catch (PartException e) {
            return new PartPreview.Note(e.failure().message());
        }
    }

    private static PartPreview hex(Bytes data) {
        int shown = Math.min(HEX_BYTES, data.length());
        StringBuilder dump = new StringBuilder();
        for (int row = 0; row < shown; row += HEX_ROW) {
            StringBuilder letters = new StringBuilder();
            dump.append(String.format(Locale.ROOT, "%06x ", row));
            for (int i = row; i < row + HEX_ROW; i++) {
                if (i < shown) {
                    int value = data.byteAt(i) & 0xff;
                    dump.append(String.format(Locale.ROOT, " %02x", value));
                    letters.append(value >= 0x20 && value < 0x7f ? (char) value : '.');
                } else {
                    dump.append("   ");
                }
            }
            dump.append("  ").append(letters).append(row + HEX_ROW < shown ? "\n" : "");
        }
        return new PartPreview.Raw(dump.toString(), data.length() - shown);
    }
}
