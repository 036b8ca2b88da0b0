package io.partflow.engine.prompt;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.StageBody;
import java.util.List;
import java.util.function.Supplier;

/// Sums parts up by any processor, such as a model: it gets the parts, and the text it answers is the summary.
///
/// Where it fails or answers no text, the failure is reported and [ClippingSummarizer] steps in, so that a
/// prompt stays short even without its model. Confined to the call whose context it was given.
public final class ProcessorSummarizer implements Summarizer {
    private final Supplier<? extends StageBody> processor;
    private final PartContext context;

    /// @param processor makes an instance for each summary
    /// @param context of the stage that holds the prompt; it hears what a summary costs and what fails
    public ProcessorSummarizer(Supplier<? extends StageBody> processor, PartContext context) {
        this.processor = processor;
        this.context = context;
    }

    @Override
    public Part summarise(List<Part> parts, long originalCount) {
        StringBuilder text = new StringBuilder();
        try {
            new NestedCall(context, part -> {
                        if (part.isText() && !context.reserved().holds(part)) {
                            text.append(part.text());
                        }
                    })
                    .run(processor, parts);
        } catch (InterruptedException e) {
            // Whoever holds the prompt meets the interrupt at its next part.
            Thread.currentThread().interrupt();
            return ClippingSummarizer.INSTANCE.summarise(parts, originalCount);
        } catch (Exception e) {
            return afterFailure(Failure.of(e), parts, originalCount);
        }
        if (text.toString().isBlank()) {
            Failure failure = Failure.of(
                    "SUMMARY_EMPTY",
                    "The summary of " + originalCount + " parts came out empty.",
                    "Look at what the summarising processor answers; the beginning of the texts stands meanwhile.");
            return afterFailure(failure, parts, originalCount);
        }
        return Summarizer.summary(text.toString().strip(), originalCount);
    }

    private Part afterFailure(Failure failure, List<Part> parts, long originalCount) {
        try {
            context.fail(failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ClippingSummarizer.INSTANCE.summarise(parts, originalCount);
    }
}
