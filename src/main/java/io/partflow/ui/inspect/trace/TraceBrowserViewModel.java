package io.partflow.ui.inspect.trace;

import io.partflow.engine.content.Part;
import io.partflow.engine.trace.RecordingException;
import io.partflow.ui.support.Messages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// One trace or recording that is looked into. FX thread; knows no scene.
public final class TraceBrowserViewModel {
    private final Executor background;
    private final Executor fx;
    private final ReadOnlyObjectWrapper<@Nullable Path> file = new ReadOnlyObjectWrapper<>(this, "file");
    private final ReadOnlyObjectWrapper<@Nullable TraceItem> root = new ReadOnlyObjectWrapper<>(this, "root");
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper(this, "message", "");
    private final ObjectProperty<@Nullable TraceItem> selected = new SimpleObjectProperty<>(this, "selected");
    private long reading;

    /// @param background where files are read
    /// @param fx leads back to the thread of the views
    public TraceBrowserViewModel(Executor background, Executor fx) {
        this.background = background;
        this.fx = fx;
        message.set(Messages.text("inspect.trace.empty"));
    }

    /// The file that is shown or being read; null before the first.
    public ReadOnlyObjectProperty<@Nullable Path> fileProperty() {
        return file.getReadOnlyProperty();
    }

    /// The outermost row; null while there is none.
    public ReadOnlyObjectProperty<@Nullable TraceItem> rootProperty() {
        return root.getReadOnlyProperty();
    }

    /// What to say in place of the tree: what can be opened, that a file is being read, or why it cannot be.
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// The row whose part is shown.
    public ObjectProperty<@Nullable TraceItem> selectedProperty() {
        return selected;
    }

    /// The parts of the row selected: its own, or those right below it.
    public List<Part> selectedParts() {
        TraceItem item = selected.get();
        if (item == null) {
            return List.of();
        }
        Part own = item.part();
        return own != null
                ? List.of(own)
                : item.children().stream()
                        .flatMap(child -> java.util.stream.Stream.ofNullable(child.part()))
                        .toList();
    }

    /// Reads a file and shows it in place of the one before.
    public void open(Path wanted) {
        long mine = ++reading;
        file.set(wanted);
        root.set(null);
        selected.set(null);
        message.set(Messages.text("inspect.trace.reading", String.valueOf(wanted.getFileName())));
        background.execute(() -> {
            TraceItem read = null;
            String problem = "";
            try {
                read = TraceTrees.read(wanted);
            } catch (RecordingException e) {
                problem = e.getMessage() + ". " + e.remedy();
            } catch (IOException e) {
                problem = Messages.text("inspect.trace.unreadable", String.valueOf(wanted.getFileName()));
            }
            TraceItem tree = read;
            String told = problem;
            fx.execute(() -> {
                if (mine == reading) {
                    message.set(told);
                    root.set(tree);
                }
            });
        });
    }
}
