package io.partflow.engine.builtin.source;

import io.partflow.engine.content.Origin;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartSource;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.SourceContext;
import io.partflow.engine.stream.StreamPace;
import io.partflow.engine.trace.RecordedLine.RecordedPart;
import io.partflow.engine.trace.RecordingException;
import io.partflow.engine.trace.ReplayTape;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/// Replays a recording, or a trace file of genai-processors: what its sources emitted, or what went into
/// it, each part at its recorded moment, at the speed of the run, step by step, or from where the run is
/// sent.
///
/// A line that cannot be used is told and the next one is replayed. Holds one line at a time. Confined to
/// its stage's thread.
public final class RecordingSource extends PartSource {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("source.recording", 1, "Recording")
            .summary("Replays a recorded stream, each part at its moment, at any speed.")
            .category(Category.SOURCES)
            .synonyms("replay", "stream", "playback", "jsonl", "trace")
            .icon("repeat")
            .example("Run yesterday's questions again at ten times the speed, with another cache.")
            .outputs(PortSpec.required("out", PortType.ANY))
            .params(
                    ParamSpec.file(
                                    "file",
                                    "Recording",
                                    "A file *.parts.jsonl, or a trace of genai-processors, relative to the pipeline's"
                                            + " own folder.")
                            .asRequired(),
                    ParamSpec.text(
                                    "node",
                                    "Source",
                                    "Replay only what this node emitted; empty for all sources, or for what went into a"
                                            + " trace.",
                                    "")
                            .withRange(0, 40))
            .kind(Kind.SOURCE)
            .work(Work.BLOCKING)
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, RecordingSource::new);

    /// The most unknown fields that are told of.
    private static final int MOST_TOLD = 20;

    private record Config(Path file, String shown, String node) {
        static Config of(Params params, BuildContext context) {
            return new Config(
                    context.resolve(params.text("file")),
                    params.text("file"),
                    params.text("node").strip());
        }
    }

    private final Config config;
    private final Origin origin;
    private final Set<String> told = new HashSet<>();

    private RecordingSource(Params params, BuildContext context) {
        config = Config.of(params, context);
        origin = Origin.ofNode(context.node());
    }

    @Override
    protected void produce(SourceContext context) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try (ReplayTape tape = ReplayTape.open(config.file, config.node, context.maxFileBytes())) {
            follow(tape, context);
            while (emitNext(tape, context) == Tape.RUNS) {
                // one part each
            }
            String note = tape.note().orElse("");
            if (!note.isEmpty()) {
                context.warn(new Failure(
                        "RECORDING_UNFINISHED",
                        note,
                        "Nothing need be done; record the stream again if what is missing matters.",
                        config.shown));
            }
        } catch (RecordingException e) {
            context.fail(e.failure());
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            context.fail(unreadable(e));
        }
    }

    private enum Tape {
        RUNS,
        ENDED
    }

    private Tape emitNext(ReplayTape tape, SourceContext context) throws InterruptedException, IOException {
        RecordedPart part;
        try {
            part = tape.next();
        } catch (RecordingException e) {
            context.fail(e.failure());
            return Tape.RUNS;
        }
        if (part == null) {
            context.awaitEnd();
        } else {
            context.awaitMoment(part.atMillis());
        }
        if (follow(tape, context)) {
            return Tape.RUNS;
        }
        if (part == null) {
            return Tape.ENDED;
        }
        noteUnknown(part, context);
        context.emit(part.part(), origin.withRecordingLine(part.line()));
        return Tape.RUNS;
    }

    /// Says once of each field that nobody here knows it.
    private void noteUnknown(RecordedPart part, SourceContext context) {
        for (String field : part.part().unknownFields()) {
            if (told.size() < MOST_TOLD && told.add(field)) {
                context.warn(new Failure(
                        "UNKNOWN_FIELD",
                        config.shown + ", line " + part.line() + ": " + field
                                + " is not known here. It is kept and counts in the key.",
                        "Nothing need be done; a newer version may know it.",
                        config.shown));
            }
        }
    }

    /// Winds to where the replay was sent, if it was.
    private static boolean follow(ReplayTape tape, SourceContext context) throws IOException {
        StreamPace.Seek seek = context.takeSeek().orElse(null);
        switch (seek) {
            case null -> {
                return false;
            }
            case StreamPace.Seek.ToMoment moment -> tape.windToMoment(moment.atMillis());
            case StreamPace.Seek.ToPart part -> {
                tape.windToPart(part.number());
                context.wound(tape.nextMillis());
            }
        }
        return true;
    }

    private Failure unreadable(IOException e) {
        if (Files.notExists(config.file)) {
            return new Failure(
                    "FILE_MISSING", config.shown + " does not exist.", "Choose the recording anew.", config.shown);
        }
        boolean denied = e instanceof AccessDeniedException;
        return new Failure(
                "FILE_UNREADABLE",
                denied
                        ? config.shown + " may not be read by you."
                        : config.shown + " cannot be read: " + Objects.toString(e.getMessage(), "no reason given")
                                + ".",
                denied ? "Change its permissions, or choose another recording." : "Check the drive, then run again.",
                config.shown);
    }
}
