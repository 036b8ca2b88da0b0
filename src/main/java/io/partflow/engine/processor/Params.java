package io.partflow.engine.processor;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The parameter values of one node, checked against the descriptor and with every default filled in. Immutable.
public final class Params {
    /// How two number parameters of one processor must stand to each other, beyond the range each has by itself.
    ///
    /// @param lower the name of the one that must be less
    /// @param upper the name of the other
    /// @param onlyFor the choice with which it matters, as name and value; null for always
    public record Rule(String lower, String upper, Relation relation, Map.@Nullable Entry<String, String> onlyFor) {
        /// What must hold between the two.
        public enum Relation {
            AT_MOST("must not be more than"),
            BELOW("must be less than");

            private final String words;

            Relation(String words) {
                this.words = words;
            }
        }

        /// A broken rule in words.
        ///
        /// @param message names both parameters by their titles, with their values
        public record Complaint(String message, String remedy) {}

        public static Rule atMost(String lower, String upper) {
            return new Rule(lower, upper, Relation.AT_MOST, null);
        }

        public static Rule below(String lower, String upper) {
            return new Rule(lower, upper, Relation.BELOW, null);
        }

        /// The same rule, for nodes with one value of a choice alone.
        public Rule onlyFor(String choice, String value) {
            return new Rule(lower, upper, relation, Map.entry(choice, value));
        }

        /// What is wrong with a node's parameters, each of which must be right by itself; empty when nothing is.
        public Optional<Complaint> complaint(Params params) {
            if (onlyFor != null && !params.text(onlyFor.getKey()).equals(onlyFor.getValue())) {
                return Optional.empty();
            }
            int order = Double.compare(params.real(lower), params.real(upper));
            boolean holds = switch (relation) {
                case AT_MOST -> order <= 0;
                case BELOW -> order < 0;
            };
            if (holds) {
                return Optional.empty();
            }
            ParamSpec low = params.spec(lower);
            ParamSpec high = params.spec(upper);
            String message = low.title() + " (" + low.shown(params.real(lower)) + ") " + relation.words + " "
                    + high.title() + " (" + high.shown(params.real(upper)) + ").";
            return Optional.of(new Complaint(message, "Lower " + low.title() + " or raise " + high.title() + "."));
        }
    }

    private final ProcessorDescriptor descriptor;
    private final JsonObject values;

    private Params(ProcessorDescriptor descriptor, JsonObject values) {
        this.descriptor = descriptor;
        this.values = values;
    }

    /// Fills in defaults.
    ///
    /// @param given values by name; names the descriptor does not know are left out
    /// @throws IllegalArgumentException when a value breaks its [ParamSpec]; documents are checked before, so this
    /// is a wrong use
    public static Params of(ProcessorDescriptor descriptor, JsonObject given) {
        JsonObject all = JsonObject.EMPTY;
        for (ParamSpec spec : descriptor.params()) {
            JsonValue value = given.get(spec.name());
            if (value == null || (value instanceof JsonNull && !spec.required())) {
                value = spec.defaultValue();
            }
            Optional<String> complaint = spec.complaint(value);
            if (complaint.isPresent()) {
                throw new IllegalArgumentException(descriptor.id() + "." + spec.name() + ": " + complaint.get());
            }
            all = all.with(spec.name(), value);
        }
        return new Params(descriptor, all);
    }

    /// The defaults alone.
    ///
    /// @throws IllegalArgumentException when a parameter has no default and is required
    public static Params defaults(ProcessorDescriptor descriptor) {
        return of(descriptor, JsonObject.EMPTY);
    }

    /// All values by name, defaults included, in the descriptor's order.
    public JsonObject values() {
        return values;
    }

    /// The values that belong to the cache namespace ([ParamSpec#inKey()]), defaults included.
    public JsonObject keyValues() {
        JsonObject some = values;
        for (ParamSpec spec : descriptor.params()) {
            if (!spec.inKey()) {
                some = some.without(spec.name());
            }
        }
        return some;
    }

    private ParamSpec spec(String name) {
        return descriptor
                .param(name)
                .orElseThrow(
                        () -> new IllegalArgumentException(descriptor.id() + " has no parameter \"" + name + "\""));
    }

    private JsonValue value(String name) {
        JsonValue value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(descriptor.id() + " has no parameter \"" + name + "\"");
        }
        return value;
    }

    /// A whole number, a duration in milliseconds or a size in bytes.
    public long integer(String name) {
        return switch (value(name)) {
            case JsonInteger number -> number.longValue();
            default -> throw new IllegalArgumentException(name + " is not a whole number");
        };
    }

    /// A whole number that must fit an `int`.
    public int count(String name) {
        return Math.toIntExact(integer(name));
    }

    public double real(String name) {
        return switch (value(name)) {
            case JsonInteger number -> number.doubleValue();
            case JsonReal number -> number.value();
            default -> throw new IllegalArgumentException(name + " is not a number");
        };
    }

    public boolean flag(String name) {
        return value(name) instanceof JsonBoolean flag && flag.value();
    }

    /// A text, choice or path; empty when the value is null.
    public String text(String name) {
        return value(name) instanceof JsonString text ? text.value() : "";
    }

    public List<String> list(String name) {
        List<String> texts = new ArrayList<>();
        if (value(name) instanceof JsonArray list) {
            for (JsonValue each : list.values()) {
                if (each instanceof JsonString text) {
                    texts.add(text.value());
                }
            }
        }
        return List.copyOf(texts);
    }

    /// The secret itself, read from the environment at this moment and never kept here; empty when the variable is
    /// not set.
    public Optional<String> secret(String name) {
        if (value(name) instanceof JsonObject object && object.get("env") instanceof JsonString variable) {
            return Optional.ofNullable(System.getenv(variable.value()));
        }
        return Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Params that && descriptor.equals(that.descriptor) && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return descriptor.id() + values;
    }
}
