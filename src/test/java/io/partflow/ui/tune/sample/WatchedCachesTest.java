package io.partflow.ui.tune.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.StreamClock;
import io.partflow.ui.tune.sample.WatchedCaches.Start;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchedCachesTest {
    private final Object pipeline = new Object();
    private final CacheRoom room = new CacheRoom(StreamClock.system());
    private final WatchedCaches watched = new WatchedCaches(room, StreamClock.system());

    @AfterEach
    void close() {
        watched.close();
        room.close();
    }

    private void run(Start start) throws Exception {
        watched.begin(pipeline, start);
        room.cache("n", "p", CacheSettings.DEFAULT)
                .request(new CacheKey("", ContentHash.ofText("a")), part -> {}, out -> {
                    out.emit(Part.text("a"));
                    return Usage.NONE;
                });
    }

    @Test
    void runs_thatFindWhatOthersHaveStored_areOneHistory() throws Exception {
        run(Start.WARM);
        run(Start.WARM);
        assertThat(watched.runs()).isEqualTo(2);
    }

    @Test
    void run_thatFindsNothing_beginsANewHistory() throws Exception {
        run(Start.WARM);
        run(Start.COLD);
        assertThat(watched.runs()).isEqualTo(1);

        room.invalidateAll();
        run(Start.WARM);
        assertThat(watched.runs()).isEqualTo(1);
    }
}
