package io.partflow.engine.processor.combine;

import io.partflow.engine.processor.StageBody;
import java.util.List;

/// What every combinator does with its members.
final class Members {
    private Members() {}

    /// Closes all, even if one fails; the first failure is thrown, the others are added to it.
    static void close(List<? extends StageBody> members) throws Exception {
        Exception first = null;
        for (StageBody member : members) {
            try {
                member.close();
            } catch (Exception e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /// The smallest bound of any member.
    static int inFlight(List<? extends StageBody> members) {
        int least = Integer.MAX_VALUE;
        for (StageBody member : members) {
            least = Math.min(least, member.maxInFlight());
        }
        return least;
    }
}
