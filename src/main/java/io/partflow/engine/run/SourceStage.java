package io.partflow.engine.run;

import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartSource;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.processor.SourceContext;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.Charge;
import io.partflow.engine.stream.PartInput;
import io.partflow.engine.stream.PartQueue;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.stream.StreamPace;
import io.partflow.engine.trace.PartSpan;
import io.partflow.engine.trace.SpanRecorder;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A source at work: the door at which parts wait for the memory budget. Confined to its thread, its
/// counters excepted.
final class SourceStage extends Stage {
    private final Origin own;
    private @Nullable Charge reserved;
    private final Times times;

    SourceStage(StagePlan plan, StageStats stats, RunShared shared, PartInput input, Outlets outlets) {
        super(plan, stats, shared, input, outlets);
        this.own = Origin.ofNode(plan.id());
        this.times = new Times(shared.clock(), outlets::blockedNanos);
    }

    @Override
    void run() throws Exception {
        try (PartSource source = (PartSource) build()) {
            if (plan.mode() == StageMode.NORMAL) {
                produce(source);
            }
        } finally {
            if (reserved != null) {
                reserved.release();
            }
        }
        outlets.end();
    }

    private void produce(PartSource source) throws Exception {
        stats.atWork.incrementAndGet();
        times.began();
        try {
            source.run(new Context());
        } finally {
            times.ended();
            stats.atWork.decrementAndGet();
        }
    }

    @Override
    long busyNanos() {
        return times.busyNanos();
    }

    @Override
    long waitingNanos() {
        return times.waitingNanos();
    }

    private final class Context implements SourceContext {
        private final Outlets.Charging charging = this::admitted;
        private final boolean recorded = shared.recorder().holdsInputs();
        private long followedSeek;
        private boolean hasTurn;

        @Override
        public void emit(Part part) throws InterruptedException {
            emit(part, own);
        }

        /// Only what makes it wait is timed: reading the clock for every part costs as much as passing it on.
        @Override
        public void emit(Part part, Origin origin) throws InterruptedException {
            awaitTurn();
            if (recorded) {
                times.away(Times.Reason.OTHER);
                shared.recorder().source(plan.id(), portOf(part), part);
                times.back();
            }
            emitOn(new Delivery(part, origin));
        }

        /// Passes a part on, or by all stages if it is on a reserved substream.
        private PartQueue.Fate pass(Delivery delivery) throws InterruptedException {
            if (shared.reserved().holds(delivery.part())) {
                shared.passBy(plan.id(), delivery);
                return PartQueue.Fate.TAKEN;
            }
            return outlets.emit(delivery, charging);
        }

        private void awaitTurn() throws InterruptedException {
            boolean had = hasTurn;
            hasTurn = false;
            if (!shared.pace().isPaused()) {
                shared.pace().passWhenRunning();
                return;
            }
            times.away(Times.Reason.OTHER);
            if (had) {
                shared.pace().passWhenRunning();
            } else {
                shared.pace().awaitTurn();
            }
            times.back();
        }

        private void emitOn(Delivery delivery) throws InterruptedException {
            if (!shared.spans().isOn()) {
                wanted(pass(delivery));
                return;
            }
            SpanRecorder.OpenSpan span = shared.spans().begin(plan.id(), delivery.part());
            shared.spans().entered(delivery.part());
            long emitStart = span == null ? 0 : shared.clock().nanos();
            PartQueue.Fate fate = pass(delivery);
            if (span != null) {
                span.emitted(shared.clock().nanos() - emitStart);
                span.end(null, PartSpan.End.DONE);
            }
            wanted(fate);
        }

        private Charge admitted(long bytes) throws InterruptedException {
            Charge ahead = reserved;
            if (ahead != null && ahead.bytes() > 0) {
                // The door was passed when the file was admitted; what was read takes the place of what was
                // reserved.
                Charge charge = shared.budget().charge(bytes);
                ahead.shrink(bytes);
                return charge;
            }
            return admittedAtTheDoor(bytes);
        }

        /// Hands over what waits for a full batch before it waits: whoever is to make room may need it.
        private Charge admittedAtTheDoor(long bytes) throws InterruptedException {
            Charge charge = shared.budget().tryAdmit(bytes);
            if (charge == null) {
                times.away(Times.Reason.OTHER);
                outlets.flush();
                charge = shared.budget().admit(bytes);
                times.back();
            }
            return charge;
        }

        @Override
        public void admit(long bytes) throws InterruptedException {
            if (reserved != null) {
                reserved.release();
                reserved = null;
            }
            times.away(Times.Reason.OTHER);
            shared.pace().passWhenRunning();
            times.back();
            reserved = admittedAtTheDoor(bytes);
        }

        @Override
        public void awaitMoment(double atMillis) throws InterruptedException {
            times.away(Times.Reason.PACE);
            outlets.flush();
            shared.pace().awaitMoment(atMillis, followedSeek);
            hasTurn = true;
            times.back();
        }

        @Override
        public void awaitEnd() throws InterruptedException {
            awaitMoment(0);
        }

        @Override
        public Optional<StreamPace.Seek> takeSeek() {
            StreamPace.NumberedSeek sought = shared.pace().sought();
            if (sought.number() == followedSeek) {
                return Optional.empty();
            }
            followedSeek = sought.number();
            hasTurn = false;
            return Optional.of(sought.seek());
        }

        @Override
        public void wound(double atMillis) {
            shared.pace().wound(atMillis);
        }

        @Override
        public long maxFileBytes() {
            return shared.options().maxFileBytes();
        }

        @Override
        public StreamClock clock() {
            return shared.clock();
        }

        @Override
        public Substream.Reserved reserved() {
            return shared.reserved();
        }

        @Override
        public Door door() {
            return shared.door(plan);
        }

        @Override
        public void spend(Usage usage) {
            // A source is never cached, so what it spends cannot be saved.
        }

        @Override
        public void fail(Failure failure) {
            shared.bad(plan, stats, failure);
        }

        @Override
        public void warn(Failure warning) {
            shared.failures().add(plan.id(), RunFailure.Severity.WARNING, warning);
        }

        @Override
        public void report(PromptSnapshot prompt) {
            stats.prompt = prompt;
        }
    }

    /// What a source did with its time so far: what it does not wait is work. Written by the source's thread,
    /// read by any.
    ///
    /// An interrupt while it is away leaves it away: until the end, which follows.
    private static final class Times {
        /// Why a source does nothing.
        enum Reason {
            /// The moment of the next part has not come.
            PACE,
            /// The run is held, the memory is full, or a recording is being written.
            OTHER
        }

        private final StreamClock clock;
        private final LongSupplier blockedNanos;
        private final Object lock = new Object();
        private State state = State.NOT_BEGUN;
        private Reason reason = Reason.OTHER;
        private long since;
        private long workedNanos;
        private long pacedNanos;
        private long greatestBusy;

        private enum State {
            NOT_BEGUN,
            AT_WORK,
            AWAY,
            ENDED
        }

        /// @param blockedNanos how long the source found no room so far, which is no work either
        Times(StreamClock clock, LongSupplier blockedNanos) {
            this.clock = clock;
            this.blockedNanos = blockedNanos;
        }

        void began() {
            turn(State.AT_WORK);
        }

        void away(Reason why) {
            synchronized (lock) {
                settle();
                state = State.AWAY;
                reason = why;
            }
        }

        void back() {
            turn(State.AT_WORK);
        }

        void ended() {
            turn(State.ENDED);
        }

        private void turn(State next) {
            synchronized (lock) {
                settle();
                state = next;
            }
        }

        /// Adds what passed since the last time to what it was spent on.
        private void settle() {
            long now = clock.nanos();
            long passed = Math.max(0, now - since);
            since = now;
            switch (state) {
                case AT_WORK -> workedNanos += passed;
                case AWAY -> pacedNanos += reason == Reason.PACE ? passed : 0;
                case NOT_BEGUN, ENDED -> {
                    // Nothing is done before and behind.
                }
            }
        }

        /// How long the source has worked; never less than before.
        long busyNanos() {
            synchronized (lock) {
                settle();
                greatestBusy = Math.max(greatestBusy, workedNanos - blockedNanos.getAsLong());
                return greatestBusy;
            }
        }

        /// How long the source has waited for the moments of its parts.
        long waitingNanos() {
            synchronized (lock) {
                settle();
                return pacedNanos;
            }
        }
    }
}
