package io.partflow.engine.processor.combine;

import static io.partflow.engine.content.PeerVectors.array;
import static io.partflow.engine.content.PeerVectors.field;
import static io.partflow.engine.content.PeerVectors.text;

import io.partflow.engine.content.Content;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.StageBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// Builds processors from the trees in the peer's vectors.
final class PeerTree {
    private final Bounds bounds;
    private final PartParallel.Work work;

    PeerTree(Bounds bounds, PartParallel.Work work) {
        this.bounds = bounds;
        this.work = work;
    }

    /// The processor that a case describes.
    Processor processor(JsonObject given) {
        StageBody body;
        if (text(given, "level").equals("fn")) {
            PartProcessor function = function(field(given, "tree"));
            body = given.has("match") ? new Matched(function, condition(text(given, "match"))) : function;
        } else {
            body = body(field(given, "tree"));
        }
        return OrderedParts.stream(body, bounds.inFlight());
    }

    /// The same as a node for each member of the outermost chain.
    List<StageBody> stages(JsonObject given) {
        boolean plain = text(given, "level").equals("fn");
        JsonValue node = field(given, "tree");
        if (given.has("match")) {
            return List.of(new Matched(function(node), condition(text(given, "match"))));
        }
        if (!(node instanceof JsonObject tree)) {
            return List.of(plain ? function(node) : body(node));
        }
        return switch (text(tree, "op")) {
            case "chain" -> List.copyOf(members(tree));
            case "+" -> items(tree);
            default -> List.of(plain ? function(tree) : body(tree));
        };
    }

    private PartProcessor function(JsonValue node) {
        if (node instanceof JsonString name) {
            return new Fn(name.value());
        }
        JsonObject tree = (JsonObject) node;
        List<PartProcessor> members = members(tree);
        return switch (text(tree, "op")) {
            case "chain" -> PartChain.of(members);
            case "parallel" -> PartParallel.of(members, passthrough(tree), work);
            default -> throw new IllegalArgumentException(tree.toJson());
        };
    }

    private List<PartProcessor> members(JsonObject tree) {
        List<PartProcessor> members = new ArrayList<>();
        for (JsonValue each : array(tree, "fns").values()) {
            PartProcessor member = function(each);
            // A list of its own for each nesting, so that nothing is taken apart that has its own conditions.
            Predicate<Part> condition = tree.has("match")
                    ? condition(((JsonString) array(tree, "match").values().get(members.size())).value())
                    : part -> true;
            members.add(new Matched(member, condition));
        }
        return members;
    }

    private static Passthrough passthrough(JsonObject tree) {
        return tree.has("always") ? Passthrough.ALWAYS : tree.has("default") ? Passthrough.FALLBACK : Passthrough.NEVER;
    }

    private StageBody body(JsonValue node) {
        if (node instanceof JsonString name) {
            return named(name.value());
        }
        JsonObject tree = (JsonObject) node;
        return switch (text(tree, "op")) {
            case "part" -> new Matched(new Fn(text(tree, "fn")), condition(text(tree, "match")));
            case "filter" -> new PartFilter(condition(text(tree, "match")));
            case "+" -> chain(items(tree));
            case "//" -> parallel(tree);
            case "parallel_concat" -> ParallelConcat.of(items(tree), bounds);
            default -> throw new IllegalArgumentException(tree.toJson());
        };
    }

    private List<StageBody> items(JsonObject tree) {
        List<StageBody> items = new ArrayList<>();
        for (JsonValue each : array(tree, "items").values()) {
            items.add(body(each));
        }
        return items;
    }

    private StageBody chain(List<StageBody> items) {
        boolean parts = items.stream().allMatch(item -> item instanceof PartProcessor);
        return parts
                ? PartChain.of(items.stream().map(PartProcessor.class::cast).toList())
                : StreamChain.of(items, bounds);
    }

    private PartProcessor parallel(JsonObject tree) {
        Passthrough passthrough = Passthrough.NEVER;
        List<PartProcessor> members = new ArrayList<>();
        for (JsonValue each : array(tree, "items").values()) {
            String name = each instanceof JsonString string ? string.value() : "";
            switch (name) {
                case "FALLBACK" -> passthrough = passthrough == Passthrough.ALWAYS ? passthrough : Passthrough.FALLBACK;
                case "ALWAYS" -> passthrough = Passthrough.ALWAYS;
                default -> members.add((PartProcessor) body(each));
            }
        }
        return PartParallel.of(members, passthrough, work);
    }

    private static StageBody named(String name) {
        String argument = after(name);
        return switch (before(name)) {
            case "passthrough" -> PartChain.passthrough();
            case "preamble" -> new Preamble(Content.of(Part.text(argument)));
            case "suffix" -> new Suffix(Content.of(Part.text(argument)));
            case "stream" -> new StreamFn(argument);
            case "exc_part_if" -> ErrorsAsParts.of(new Fn("error_if:" + argument));
            default -> new Fn(name);
        };
    }

    private static String before(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    private static String after(String name) {
        return name.substring(Math.min(name.length(), before(name).length() + 1));
    }

    private static Predicate<Part> condition(String name) {
        String argument = after(name);
        return switch (before(name)) {
            case "all" -> part -> true;
            case "none" -> part -> false;
            case "contains" -> part -> part.text().contains(argument);
            case "starts" -> part -> part.text().startsWith(argument);
            case "len_gt" -> part -> part.text().length() > Integer.parseInt(argument);
            case "substream" -> part -> part.substream().equals(argument);
            case "not" -> condition(argument).negate();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static final class Matched extends PartProcessor {
        private final PartProcessor member;
        private final Predicate<Part> condition;

        Matched(PartProcessor member, Predicate<Part> condition) {
            this.member = member;
            this.condition = condition;
        }

        @Override
        public boolean matches(Part part) {
            return condition.test(part);
        }

        @Override
        protected void process(Part part, PartContext context) throws Exception {
            member.apply(part, context);
        }
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    /// One of the named functions of a part.
    private static final class Fn extends PartProcessor {
        private final String name;

        Fn(String name) {
            this.name = name;
        }

        @Override
        protected void process(Part part, PartContext context) throws Exception {
            String text = part.text();
            String argument = after(name);
            switch (before(name)) {
                case "id" -> context.emit(part);
                case "drop" -> {}
                case "dup" -> emit(context, text, text);
                case "upper" -> emit(context, text.toUpperCase(Locale.ROOT));
                case "rev" -> emit(context, new StringBuilder(text).reverse().toString());
                case "append" -> emit(context, text + argument);
                case "split" -> emit(context, words(text).toArray(String[]::new));
                case "chars" ->
                    emit(
                            context,
                            text.codePoints().mapToObj(Character::toString).toArray(String[]::new));
                case "delay" -> {
                    sleep(context, Integer.parseInt(argument));
                    context.emit(part);
                }
                case "delay_len" -> {
                    sleep(context, Integer.parseInt(argument) * text.length());
                    context.emit(part);
                }
                case "delay_each" -> {
                    for (String word : words(text)) {
                        sleep(context, Integer.parseInt(argument));
                        emit(context, word);
                    }
                }
                case "status" -> {
                    context.emit(Part.text("st:" + text).withSubstream(Substream.STATUS));
                    context.emit(part);
                }
                case "debug_only" -> context.emit(Part.text("dbg:" + text).withSubstream(Substream.DEBUG));
                case "error_if" -> {
                    if (text.contains(argument)) {
                        throw new ValueError("bad part: " + text);
                    }
                    context.emit(part);
                }
                default -> throw new IllegalArgumentException(name);
            }
        }

        private static void emit(PartEmitter to, String... texts) throws InterruptedException {
            for (String text : texts) {
                to.emit(Part.text(text));
            }
        }

        private static void sleep(PartContext context, int millis) throws InterruptedException {
            context.clock().sleep(millis * 1_000_000L);
        }
    }

    /// One of the named functions of a stream.
    private static final class StreamFn extends Processor {
        private final String name;

        StreamFn(String name) {
            this.name = name;
        }

        @Override
        protected void process(PartStream input, PartContext context) throws Exception {
            List<String> waiting = new ArrayList<>();
            int count = 0;
            for (Part part = input.next(); part != null; part = input.next()) {
                count++;
                waiting.add(part.text());
                switch (name) {
                    case "stream_upper" -> {
                        context.emit(Part.text(part.text().toUpperCase(Locale.ROOT)));
                        waiting.clear();
                    }
                    case "pairs" -> {
                        if (waiting.size() == 2) {
                            context.emit(Part.text(String.join("+", waiting)));
                            waiting.clear();
                        }
                    }
                    case "join", "count" -> {}
                    default -> throw new IllegalArgumentException(name);
                }
            }
            switch (name) {
                case "count" -> context.emit(Part.text("count=" + count));
                case "join" -> context.emit(Part.text(String.join("|", waiting)));
                default -> {
                    if (!waiting.isEmpty()) {
                        context.emit(Part.text(String.join("+", waiting)));
                    }
                }
            }
        }
    }
}
