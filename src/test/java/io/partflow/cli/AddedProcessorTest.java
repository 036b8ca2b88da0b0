package io.partflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.content.WireForm;
import io.partflow.sample.Shout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A processor is one file and one line of registration: nothing here knows the sample by name but its
/// pipeline.
class AddedProcessorTest {
    private static Invocation withShout() {
        return new Invocation().with(BuiltinProcessors.catalog().plus(Shout.ENTRY));
    }

    @Test
    void addedProcessor_isInEveryListing() {
        assertThat(withShout().run("processors").out()).contains("text.shout@1  Shout", "from 0 to 10");
        assertThat(withShout().run("processors", "--json").out())
                .contains("\"id\": \"text.shout\"", "\"name\": \"marks\"");
        assertThat(withShout().run("processors", "--markdown").out())
                .contains("### Shout (`text.shout`)", "| `marks` | int | 1 | from 0 to 10 |");
    }

    @Test
    void addedProcessor_isCheckedAndRun(@TempDir Path folder) throws Exception {
        String pipeline = """
            {"format":"partflow-pipeline","version":1,"nodes":[
             {"id":"type","processor":"source.text","processorVersion":1,"params":{"text":"hello"}},
             {"id":"shout","processor":"text.shout","processorVersion":1,"params":{"marks":3}},
             {"id":"show","processor":"sink.viewer","processorVersion":1,"params":{}}],
             "wires":[{"from":"type.out","to":"shout.in"},{"from":"shout.out","to":"show.in"}]}\
            """;
        Path good = Files.writeString(folder.resolve("good.partflow.json"), pipeline);
        Path bad =
                Files.writeString(folder.resolve("bad.partflow.json"), pipeline.replace("\"marks\":3", "\"marks\":11"));

        assertThat(WireForm.read(withShout().run("run", good.toString()).out()).text())
                .isEqualTo("HELLO!!!");
        assertThat(withShout().run("check", bad.toString()).out())
                .contains("PARAMETER_OUT_OF_RANGE")
                .contains("from 0 to 10");
    }
}
