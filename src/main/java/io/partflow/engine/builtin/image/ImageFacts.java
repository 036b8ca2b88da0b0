package io.partflow.engine.builtin.image;

import io.partflow.engine.content.Bytes;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartException;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Measures an image: a JSON part with its size, format, colours, brightness and sharpness, then, if
/// wanted, a PNG thumbnail.
///
/// Brightness, sharpness and colours are measured on the image shrunk to at most 512 pixels a side, so that
/// images of any size compare. Both results keep role, substream and metadata of the image. Immutable,
/// thread-safe.
public final class ImageFacts extends PartProcessor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("image.facts", 2, "Image facts")
            .summary("Measures an image (size, colours, brightness, sharpness) and makes a thumbnail of it.")
            .category(Category.MEDIA)
            .synonyms("picture", "photo", "thumbnail", "colour", "color", "sharpness", "blur", "metadata")
            .icon("image")
            .example("Tell sharp camera frames from blurred ones before a costly model sees them.")
            .inputs(PortSpec.required("in", PortType.IMAGE))
            .outputs(PortSpec.required("out", PortType.JSON, PortType.IMAGE))
            .params(
                    ParamSpec.integer("colours", "Colours", "The most dominant colours to name.", 5)
                            .withUnit("colours")
                            .withRange(1, 16)
                            .withStep(1),
                    ParamSpec.flag(
                            "thumbnail", "Thumbnail", "Whether a small copy of the image follows the facts.", true),
                    ParamSpec.integer(
                                    "thumbnailSize",
                                    "Thumbnail size",
                                    "The longer side of the thumbnail; a smaller image keeps its size.",
                                    256)
                            .withUnit("px")
                            .withRange(16, 1024)
                            .withStep(16)
                            .visibleWhen("thumbnail", "true"),
                    ParamSpec.integer(
                                    "maxMegapixels",
                                    "Pixel limit",
                                    "Images with more pixels are refused before they are decoded.",
                                    100)
                            .withUnit("million pixels")
                            .withRange(1, 500)
                            .withStep(10)
                            .outsideKey())
            .work(Work.CPU)
            .cachedByDefault()
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, ImageFacts::new);

    private static final int MEASURED_SIDE = 512;
    private static final int COLOURS_SIDE = 128;

    private enum Thumbnail {
        WANTED,
        NOT_WANTED
    }

    private record Config(int colours, Thumbnail thumbnail, int thumbnailSize, long maxPixels) {
        static Config of(Params params) {
            return new Config(
                    params.count("colours"),
                    params.flag("thumbnail") ? Thumbnail.WANTED : Thumbnail.NOT_WANTED,
                    params.count("thumbnailSize"),
                    params.integer("maxMegapixels") * 1_000_000);
        }
    }

    private final Config config;

    private ImageFacts(Params params, BuildContext context) {
        config = Config.of(params);
    }

    @Override
    public boolean matches(Part part) {
        return part.isImage();
    }

    @Override
    protected void process(Part part, PartContext context) throws PartException, InterruptedException, IOException {
        ImageReading.Decoded image = ImageReading.decode(part.bytes(), part.mimeType(), config.maxPixels);
        Part facts = Part.json(facts(image).toJson())
                .withRole(part.role())
                .withSubstream(part.substream())
                .withMetadata(part.metadata());
        context.emit(facts);
        if (config.thumbnail == Thumbnail.WANTED) {
            Bytes png = png(PixelGrid.of(image.pixels(), config.thumbnailSize));
            context.emit(Part.blob(png, "image/png")
                    .withRole(part.role())
                    .withSubstream(part.substream())
                    .withMetadata(part.metadata()));
        }
    }

    private JsonObject facts(ImageReading.Decoded image) throws InterruptedException {
        PixelGrid measured = PixelGrid.of(image.pixels(), MEASURED_SIDE);
        List<JsonValue> colours = new ArrayList<>();
        for (DominantColours.Colour colour :
                DominantColours.of(PixelGrid.of(image.pixels(), COLOURS_SIDE), config.colours)) {
            colours.add(JsonObject.of(
                    "colour", JsonValue.of(colour.hex()), "share", JsonValue.of(rounded(colour.share(), 1e4))));
        }
        return JsonObject.builder()
                .put("width", image.width())
                .put("height", image.height())
                .put("format", image.format())
                .put("transparency", !measured.isOpaque())
                .put("brightness", rounded(measured.meanBrightness(), 1e4))
                .put("sharpness", rounded(measured.sharpness(), 1e2))
                .put("dominantColours", new JsonArray(colours))
                .build();
    }

    private static double rounded(double value, double steps) {
        return Math.round(value * steps) / steps;
    }

    private static Bytes png(PixelGrid pixels) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream image = new MemoryCacheImageOutputStream(out)) {
            if (!ImageIO.write(pixels.toImage(), "png", image)) {
                throw new IOException("this Java has no PNG writer");
            }
        }
        return Bytes.wrapUnsafe(out.toByteArray());
    }
}
