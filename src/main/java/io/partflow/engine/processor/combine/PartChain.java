package io.partflow.engine.processor.combine;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartProcessor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Part processors one behind the other, fused into one: each result goes on to the next member as soon as it is
/// there.
///
/// So results come in depth-first order, and nothing waits between members. A member's results on reserved substreams
/// leave at once. A part that a member does not match skips that member alone. Thread-safe if its members are.
public final class PartChain extends PartProcessor {
    /*
     * Idea: a member's `emit` is the call of the next member, so the whole chain runs in one thread without a buffer.
     * A failure further down would surface in the emitting member, which must not take it for its own; it travels up
     * as an InterruptedException, which authors let pass, and is unwrapped by the chain it belongs to.
     */
    private final List<PartProcessor> members;

    private PartChain(List<PartProcessor> members) {
        this.members = members;
    }

    /// A chain; chains among the members are taken apart, their members stand in their place.
    ///
    /// @param members may be empty: then every part passes through
    public static PartChain of(List<? extends PartProcessor> members) {
        List<PartProcessor> flat = new ArrayList<>();
        for (PartProcessor member : members) {
            if (member instanceof PartChain chain) {
                flat.addAll(chain.members);
            } else {
                flat.add(member);
            }
        }
        return new PartChain(List.copyOf(flat));
    }

    public static PartChain of(PartProcessor... members) {
        return of(List.of(members));
    }

    /// What passes every part through unchanged.
    public static PartChain passthrough() {
        return of();
    }

    /// This chain with one more member at its end.
    public PartChain then(PartProcessor next) {
        return of(this, next);
    }

    public List<PartProcessor> members() {
        return members;
    }

    @Override
    public boolean matches(Part part) {
        for (PartProcessor member : members) {
            if (member.matches(part)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int maxInFlight() {
        return Members.inFlight(members);
    }

    @Override
    protected void process(Part part, PartContext context) throws Exception {
        Call call = new Call(context);
        try {
            call.enter(0, part);
        } catch (FurtherDown e) {
            if (e.call != call) {
                throw e;
            }
            throw e.failure;
        }
        if (call.failed != null) {
            throw call.failed.failure;
        }
    }

    @Override
    public void close() throws Exception {
        Members.close(members);
    }

    /// One part's way through the chain. Confined to the thread of the call.
    private final class Call {
        private final PartContext out;
        private final PartContext[] links;
        private @Nullable FurtherDown failed;

        Call(PartContext out) {
            this.out = out;
            links = new PartContext[members.size()];
            for (int i = 0; i < links.length; i++) {
                int next = i + 1;
                links[i] = new Redirected(out, part -> emitted(next, part));
            }
        }

        void enter(int at, Part part) throws Exception {
            if (at == links.length || out.reserved().holds(part)) {
                out.emit(part);
            } else {
                members.get(at).apply(part, links[at]);
            }
        }

        private void emitted(int next, Part part) throws InterruptedException {
            if (failed != null) {
                throw failed;
            }
            try {
                enter(next, part);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                failed = new FurtherDown(this, e);
                throw failed;
            }
        }
    }

    /// Carries a failure of a later member up through the earlier ones.
    private static final class FurtherDown extends InterruptedException {
        private static final long serialVersionUID = 1L;

        private final transient Call call;
        private final Exception failure;

        FurtherDown(Call call, Exception failure) {
            super("a later member failed");
            this.call = call;
            this.failure = failure;
        }
    }
}
