package io.partflow.engine.insight;

import io.partflow.engine.cache.Outcome;
import io.partflow.engine.cache.StoredValue;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Brings requests that have ended into the order in which they began. Confined to one thread.
final class AskedOrder {
    /*
     * Requests end in an order that depends on how fast a run goes: those that share a computation end right behind
     * it, whatever was asked between them. So a request that waits for its answer keeps its place, and those that
     * began after it stay behind it until it has ended.
     *
     * So that one that never ends holds up nobody for ever, places are limited: the first of too many loses its
     * place, and counts when it ends.
     */
    static final int MOST_WAITING = 1 << 15;

    /// A request and how it ended.
    ///
    /// @param key the number of the key
    /// @param atMillis when it began
    /// @param value the answer; null where computing it failed
    /// @param answer a number that stands for the answer, 0 if unknown
    record Request(
            long key,
            long atMillis,
            Outcome outcome,
            @Nullable StoredValue value,
            long answer) {}

    /// A place in the order.
    private static final class Place {
        final long asked;
        final long atMillis;

        @Nullable
        Request request;

        boolean over;

        Place(long asked, long atMillis) {
            this.asked = asked;
            this.atMillis = atMillis;
        }
    }

    private final Consumer<Request> taker;
    private final ArrayDeque<Place> places = new ArrayDeque<>();
    private final Map<Long, Place> waiting = new HashMap<>();

    /// @param taker takes the requests in order
    AskedOrder(Consumer<Request> taker) {
        this.taker = taker;
    }

    /// A request begins that will end later.
    void asked(long asked, long atMillis) {
        Place place = new Place(asked, atMillis);
        places.add(place);
        waiting.put(asked, place);
        pass();
    }

    /// A request has begun and ended.
    void at(Request request) {
        if (places.isEmpty()) {
            taker.accept(request);
            return;
        }
        Place place = new Place(0, request.atMillis());
        end(place, request);
        places.add(place);
        pass();
    }

    /// A request that began before has ended; one whose beginning is not known counts now.
    void ended(long asked, Request request) {
        Place place = waiting.remove(asked);
        if (place == null) {
            at(request);
            return;
        }
        end(place, new Request(request.key(), place.atMillis, request.outcome(), request.value(), request.answer()));
        pass();
    }

    /// A request that began before ends without counting, unless it has ended already.
    void abandoned(long asked) {
        Place place = waiting.remove(asked);
        if (place != null) {
            place.over = true;
            pass();
        }
    }

    private static void end(Place place, Request request) {
        place.request = request;
        place.over = true;
    }

    private void pass() {
        for (Place first = places.peek();
                first != null && (first.over || places.size() > MOST_WAITING);
                first = places.peek()) {
            places.remove();
            waiting.remove(first.asked);
            Request request = first.request;
            if (request != null) {
                taker.accept(request);
            }
        }
    }
}
