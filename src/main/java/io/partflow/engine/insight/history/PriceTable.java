package io.partflow.engine.insight.history;

import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.Usage;
import java.util.Map;
import java.util.TreeMap;

/// What things cost, for where nobody has measured it: edited by the user, kept as JSON. Immutable.
///
/// All prices are US dollars: tokens by the million, time by the hour, storage by the GiB and hour.
///
/// @param processors prices of a processor's tokens, by its id
/// @param computeUsdPerHour of computing, waiting for others included
/// @param storageUsdPerGibHour of holding entries
public record PriceTable(Map<String, TokenPrice> processors, double computeUsdPerHour, double storageUsdPerGibHour) {
    /// The price of a million tokens.
    public record TokenPrice(double inUsd, double outUsd) {
        public TokenPrice {
            check(inUsd);
            check(outUsd);
        }
    }

    /// Nothing costs anything unless somebody has measured it.
    public static final PriceTable FREE = new PriceTable(Map.of(), 0, 0);

    private static final String FORMAT = "partflow-prices";
    private static final double MICROS_PER_USD = 1e6;
    private static final double NANOS_PER_HOUR = 3.6e12;
    private static final double GIB_MILLIS_PER_HOUR = (1L << 30) * 3.6e6;

    public PriceTable {
        processors = Map.copyOf(processors);
        check(computeUsdPerHour);
        check(storageUsdPerGibHour);
    }

    private static void check(double price) {
        if (!(price >= 0) || Double.isInfinite(price)) {
            throw new IllegalArgumentException("price is " + price + "; it must be 0 or more");
        }
    }

    public PriceTable with(String processor, TokenPrice price) {
        Map<String, TokenPrice> more = new TreeMap<>(processors);
        more.put(processor, price);
        return new PriceTable(more, computeUsdPerHour, storageUsdPerGibHour);
    }

    /// What tokens of a processor cost, in millionths of a dollar.
    public long microUsd(String processor, Usage usage) {
        TokenPrice price = processors.get(processor);
        // A dollar per million tokens is a millionth per token.
        return price == null ? 0 : Math.round(usage.tokensIn() * price.inUsd() + usage.tokensOut() * price.outUsd());
    }

    /// What time costs, in millionths of a dollar.
    public long computeMicroUsd(long nanos) {
        return Math.round(nanos / NANOS_PER_HOUR * computeUsdPerHour * MICROS_PER_USD);
    }

    /// What holding bytes for a time costs, in millionths of a dollar.
    ///
    /// @param byteMillis bytes times milliseconds
    public long storageMicroUsd(double byteMillis) {
        return Math.round(byteMillis / GIB_MILLIS_PER_HOUR * storageUsdPerGibHour * MICROS_PER_USD);
    }

    public JsonObject toJson() {
        JsonObject.Builder each = JsonObject.builder();
        new TreeMap<>(processors)
                .forEach((id, price) -> each.put(
                        id,
                        JsonObject.builder()
                                .put("inUsdPerMillion", price.inUsd())
                                .put("outUsdPerMillion", price.outUsd())
                                .build()));
        return JsonObject.builder()
                .put("format", FORMAT)
                .put("version", 1)
                .put("processors", each.build())
                .put("computeUsdPerHour", computeUsdPerHour)
                .put("storageUsdPerGibHour", storageUsdPerGibHour)
                .build();
    }

    /// Reads what [#toJson] wrote; prices that are left out are 0.
    ///
    /// @throws IllegalArgumentException when it is no price table, or a price is negative; the message says which
    public static PriceTable read(JsonObject json) {
        if (!JsonValue.of(FORMAT).equals(json.get("format"))) {
            throw new IllegalArgumentException("the format is not \"" + FORMAT + "\"");
        }
        Map<String, TokenPrice> prices = new TreeMap<>();
        if (json.get("processors") instanceof JsonObject processors) {
            for (String id : processors.names()) {
                if (!(processors.get(id) instanceof JsonObject price)) {
                    throw new IllegalArgumentException("the price of " + id + " is not an object");
                }
                prices.put(id, new TokenPrice(number(price, "inUsdPerMillion"), number(price, "outUsdPerMillion")));
            }
        }
        return new PriceTable(prices, number(json, "computeUsdPerHour"), number(json, "storageUsdPerGibHour"));
    }

    private static double number(JsonObject json, String name) {
        JsonValue value = json.get(name);
        if (value == null) {
            return 0;
        }
        if (value instanceof JsonReal || value instanceof JsonInteger) {
            return Double.parseDouble(value.toJson());
        }
        throw new IllegalArgumentException(name + " is not a number");
    }
}
