package io.partflow.engine.builtin.text;

import io.partflow.engine.content.Content;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Makes one text of several: of what one role says in one go, of a turn, or of the whole stream. It is like the
/// first
/// of them, MIME type and metadata included. Confined to its stage's thread.
public final class TextJoin extends Processor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("text.join", 1, "Join")
            .summary("Makes one text of what a role says in one go, of each turn, or of the whole stream.")
            .category(Category.TEXT)
            .synonyms("concatenate", "merge", "as text", "collect", "runs", "role", "gather", "flatten")
            .icon("align-justify")
            .example("Put the pieces that a model streams together again, before they are summed up.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.choice(
                            "over",
                            "Join",
                            "Neighbouring texts of one role and substream, files apart; all texts of a turn; or all of"
                                    + " the stream.",
                            "run",
                            List.of("run", "turn", "stream")),
                    ParamSpec.text("separator", "Between", "What stands between two texts.", ""),
                    ParamSpec.choice(
                            "others",
                            "Other parts",
                            "Whether parts that are no text pass, or are dropped.",
                            "pass",
                            List.of("pass", "drop")),
                    ParamSpec.bytes(
                                    "mostBytes",
                                    "Most bytes",
                                    "A longer text is passed on in pieces of about so many.",
                                    16L << 20)
                            .withRange(1, 1L << 30)
                            .withStep(1 << 20))
            .kind(Kind.STREAM)
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, TextJoin::new);

    private enum Over {
        RUN,
        TURN,
        STREAM
    }

    private final Over over;
    private final String separator;
    private final boolean passesOthers;
    private final long mostBytes;
    private final StringBuilder text = new StringBuilder();
    private @Nullable Part first;
    private long bytes;

    private TextJoin(Params params, BuildContext context) {
        over = Over.valueOf(params.text("over").toUpperCase(Locale.ROOT));
        separator = params.text("separator");
        passesOthers = params.text("others").equals("pass");
        mostBytes = params.integer("mostBytes");
    }

    @Override
    protected void process(PartStream input, PartContext context) throws InterruptedException {
        for (Part part = input.next(); part != null; part = input.next()) {
            boolean ends = part.isEndOfTurn() && over != Over.STREAM;
            if (part.isText() && !part.isException()) {
                add(part, context);
            } else if (passesOthers) {
                if (over == Over.RUN) {
                    flush(context);
                }
                context.emit(part);
            }
            if (ends) {
                flush(context);
                context.emit(Part.endOfTurn(part.substream(), part.metadata()).withRole(part.role()));
            }
        }
        flush(context);
    }

    private void add(Part part, PartContext context) throws InterruptedException {
        if (part.text().isEmpty()) {
            return;
        }
        Part begin = first;
        if (begin != null && (bytes >= mostBytes || (over == Over.RUN && !Content.isOneRun(begin, part)))) {
            flush(context);
            begin = null;
        }
        if (begin == null) {
            first = part;
        } else {
            text.append(separator);
        }
        text.append(part.text());
        bytes += part.sizeBytes();
    }

    private void flush(PartContext context) throws InterruptedException {
        Part begin = first;
        if (begin != null) {
            Part joined = begin.withText(text.toString());
            context.emit(joined.withMetadata(joined.metadata().without(Part.TURN_COMPLETE)));
        }
        first = null;
        text.setLength(0);
        bytes = 0;
    }
}
