package io.partflow.engine.processor.combine;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Small processors for tests.
final class Steps {
    private Steps() {}

    @FunctionalInterface
    interface OnPart {
        void process(Part part, PartContext context) throws Exception;
    }

    @FunctionalInterface
    interface OnStream {
        void process(PartStream input, PartContext context) throws Exception;
    }

    static PartProcessor parts(OnPart work) {
        return closing(work, new AtomicInteger());
    }

    static PartProcessor closing(OnPart work, AtomicInteger closed) {
        return new PartProcessor() {
            @Override
            protected void process(Part part, PartContext context) throws Exception {
                work.process(part, context);
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    static PartProcessor append(String text) {
        return parts((part, context) -> context.emit(part.withText(part.text() + text)));
    }

    static Processor stream(OnStream work) {
        return new Processor() {
            @Override
            protected void process(PartStream input, PartContext context) throws Exception {
                work.process(input, context);
            }
        };
    }

    static Processor copy() {
        return stream(Steps::copy);
    }

    static void copy(PartStream input, PartContext context) throws InterruptedException {
        for (Part part = input.next(); part != null; part = input.next()) {
            context.emit(part);
        }
    }

    static List<Part> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> Part.text("" + i)).toList();
    }

    static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "" + i).toList();
    }
}
