package io.partflow.ui.inspect.node;

import io.partflow.engine.builtin.nested.NestedProcessors;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ParamType;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.PipelineSettings;
import io.partflow.pipeline.Problem;
import io.partflow.pipeline.edit.EditCommand;
import io.partflow.pipeline.edit.SetCache;
import io.partflow.pipeline.edit.SetConcurrency;
import io.partflow.pipeline.edit.SetParam;
import io.partflow.pipeline.edit.SetSettings;
import io.partflow.pipeline.edit.SetTitle;
import io.partflow.ui.inspect.form.FieldViewModel;
import io.partflow.ui.support.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// What the inspector's tab "Node" shows and does. FX thread; knows no scene.
///
/// Changes go out as edit commands and come back by [#show(PipelineNode)] with the changed node; numbers come by
/// [#sample].
public final class NodeInspectorViewModel {
    // No parameter of a processor can have this name: it holds a dot.
    private static final String CONCURRENCY = "node.concurrency";
    private static final ParamSpec CONCURRENCY_SPEC = new ParamSpec(
            CONCURRENCY,
            Messages.text("inspect.node.concurrency"),
            Messages.text("inspect.node.concurrency.help"),
            ParamType.INT,
            Messages.text("inspect.settings.parts"),
            1.0,
            (double) PipelineNode.MOST_CONCURRENCY,
            1.0,
            JsonValue.ofNull(),
            List.of(),
            false,
            false);

    private final ProcessorCatalog catalog;
    private final Consumer<EditCommand> edits;
    private final ReadOnlyObjectWrapper<@Nullable PipelineNode> node = new ReadOnlyObjectWrapper<>(this, "node");
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(this, "title", "");
    private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper(this, "subtitle", "");
    private final ReadOnlyStringWrapper icon = new ReadOnlyStringWrapper(this, "icon", "box");
    private final ReadOnlyObjectWrapper<NodeStateMark> state =
            new ReadOnlyObjectWrapper<>(this, "state", new NodeStateMark("", "circle", ""));
    private final ReadOnlyBooleanWrapper simulated = new ReadOnlyBooleanWrapper(this, "simulated");
    private final ReadOnlyBooleanWrapper cacheable = new ReadOnlyBooleanWrapper(this, "cacheable");
    private final BooleanProperty cacheOn = new SimpleBooleanProperty(this, "cacheOn");
    private final ReadOnlyObjectWrapper<NodeNumbers> numbers =
            new ReadOnlyObjectWrapper<>(this, "numbers", NodeNumbers.NONE);
    private final ObservableList<FieldViewModel> fields = FXCollections.observableArrayList();
    // Held here: a view that nobody holds is collected, and its listeners with it.
    private final ObservableList<FieldViewModel> readOnlyFields = FXCollections.unmodifiableObservableList(fields);
    private final ObservableList<FieldViewModel> cacheFields = FXCollections.observableArrayList();
    private final ObservableList<FieldViewModel> readOnlyCacheFields =
            FXCollections.unmodifiableObservableList(cacheFields);
    private final ObservableList<FormGroup> cacheGroups = FXCollections.observableArrayList();
    private final ObservableList<Problem> problems = FXCollections.observableArrayList();
    private final ObservableList<Problem> readOnlyProblems = FXCollections.unmodifiableObservableList(problems);
    private final ObservableList<FieldViewModel> settingsFields = FXCollections.observableArrayList();
    private final ObservableList<FieldViewModel> readOnlySettingsFields =
            FXCollections.unmodifiableObservableList(settingsFields);
    private PipelineSettings settings = PipelineSettings.DEFAULT;
    private @Nullable SettingsForm settingsForm;
    private @Nullable CacheForm cacheForm;
    private @Nullable CacheSettings lastCache;
    private @Nullable NodeSnapshot snapshot;

    public NodeInspectorViewModel(ProcessorCatalog catalog, Consumer<EditCommand> edits) {
        this.catalog = catalog;
        this.edits = edits;
    }

    /// Shows a node, or that none is selected. For the node that is shown already it brings only what has changed.
    public void show(@Nullable PipelineNode other) {
        PipelineNode old = node.get();
        if (other != null && other.equals(old)) {
            return;
        }
        boolean same = old != null
                && other != null
                && old.id().equals(other.id())
                && old.processor().equals(other.processor());
        if (!same) {
            commit();
            snapshot = null;
            lastCache = null;
            numbers.set(NodeNumbers.NONE);
        }
        node.set(other);
        if (other == null) {
            fields.clear();
            dropCacheForm();
            return;
        }
        Optional<ProcessorDescriptor> descriptor = catalog.descriptor(other.processor());
        String processorTitle = descriptor.map(ProcessorDescriptor::title).orElse(other.processor());
        String own = other.title();
        title.set(own == null ? processorTitle : own);
        subtitle.set(own == null ? other.id() : processorTitle + ", " + other.id());
        icon.set(descriptor.map(ProcessorDescriptor::icon).orElse("help-circle"));
        simulated.set(descriptor.map(ProcessorDescriptor::simulated).orElse(false));
        cacheable.set(descriptor
                .map(known -> known.kind() == Kind.PART || known.kind() == Kind.STREAM)
                .orElse(other.cache() != null));
        showFields(other, descriptor.map(ProcessorDescriptor::params).orElse(List.of()), same);
        descriptor.ifPresent(known -> fields.forEach(field -> field.judgeRelevance(known, other.params())));
        showCache(other, same);
        showState();
    }

    private void showFields(PipelineNode shown, List<ParamSpec> specs, boolean same) {
        if (same) {
            fields.forEach(field -> field.show(
                    field.spec().name().equals(CONCURRENCY)
                            ? concurrencyValue(shown)
                            : shown.params().get(field.spec().name())));
            return;
        }
        String id = shown.id();
        List<FieldViewModel> all = new ArrayList<>();
        specs.forEach(spec -> all.add(new FieldViewModel(
                spec,
                shown.params().get(spec.name()),
                value -> edits.accept(new SetParam(id, spec.name(), value)),
                steps(spec),
                this::innerSteps)));
        if (worksSideBySide(shown)) {
            all.add(new FieldViewModel(
                    CONCURRENCY_SPEC,
                    concurrencyValue(shown),
                    value -> edits.accept(new SetConcurrency(
                            id, value instanceof JsonInteger number ? (int) number.longValue() : null))));
        }
        fields.setAll(all);
    }

    private List<ProcessorDescriptor> steps(ParamSpec spec) {
        return spec.nests().isEmpty() ? List.of() : NestedProcessors.fitting(catalog, spec.nests());
    }

    private List<ProcessorDescriptor> innerSteps(ParamSpec spec) {
        return spec.nests().isEmpty() ? List.of() : NestedProcessors.innermost(catalog, spec.nests());
    }

    private boolean worksSideBySide(PipelineNode shown) {
        return catalog.descriptor(shown.processor())
                .filter(known -> known.kind() == Kind.PART && known.work() != ProcessorDescriptor.Work.INLINE)
                .isPresent();
    }

    private static JsonValue concurrencyValue(PipelineNode shown) {
        Integer most = shown.concurrency();
        return most == null ? JsonValue.ofNull() : JsonValue.of(most.longValue());
    }

    /// Shows the settings of the pipeline, for when no node is selected.
    public void showSettings(PipelineSettings other) {
        settings = other;
        CacheForm cache = cacheForm;
        CacheSettings shown = lastCache;
        if (cache != null && shown != null) {
            cache.show(shown, other.store());
        }
        SettingsForm form = settingsForm;
        if (form == null) {
            form = new SettingsForm(other, changed -> edits.accept(new SetSettings(changed)));
            settingsForm = form;
            settingsFields.setAll(form.fields());
        } else {
            form.show(other);
        }
    }

    private void showCache(PipelineNode shown, boolean same) {
        CacheSettings cache = shown.cache();
        cacheOn.set(cache != null);
        if (cache == null) {
            dropCacheForm();
            return;
        }
        lastCache = cache;
        CacheForm form = cacheForm;
        if (same && form != null) {
            form.show(cache, settings.store());
            return;
        }
        dropCacheForm();
        String id = shown.id();
        CacheForm fresh = new CacheForm(
                cache,
                settings.store(),
                changed -> edits.accept(new SetCache(id, changed)),
                file -> edits.accept(new SetSettings(settings.withStore(file))));
        cacheForm = fresh;
        fresh.groups().addListener((ListChangeListener<FormGroup>) change -> showGroups(fresh));
        showGroups(fresh);
    }

    private void showGroups(CacheForm form) {
        if (form == cacheForm) {
            cacheFields.setAll(form.fields());
            cacheGroups.setAll(form.groups());
        }
    }

    private void dropCacheForm() {
        cacheForm = null;
        cacheFields.clear();
        cacheGroups.clear();
    }

    /// Adds limits of their own for some kinds of inputs.
    void addPartition() {
        CacheForm form = cacheForm;
        if (form != null) {
            commit();
            form.addPartition();
        }
    }

    /// Takes the live numbers of a sample; a listener of the snapshot pump.
    public void sample(@Nullable RunSnapshot previous, RunSnapshot current, long elapsedNanos) {
        PipelineNode shown = node.get();
        if (shown == null) {
            return;
        }
        NodeSnapshot before =
                previous == null ? null : previous.node(shown.id()).orElse(null);
        NodeSnapshot now = current.node(shown.id()).orElse(null);
        // After the end nothing moves, so the last sample would say nothing: the whole run does.
        snapshot = now;
        numbers.set(NodeNumbers.of(current.status().isEnded() ? null : before, now));
        showState();
    }

    private void showState() {
        PipelineNode shown = node.get();
        if (shown != null) {
            state.set(NodeStateMark.of(shown.state(), snapshot));
        }
    }

    /// Takes all problems of the graph; those of the node are shown.
    public void showProblems(List<Problem> all) {
        PipelineNode shown = node.get();
        List<Problem> own = shown == null
                ? List.of()
                : all.stream()
                        .filter(problem -> shown.id().equals(problem.node()))
                        .toList();
        if (!own.equals(problems)) {
            problems.setAll(own);
        }
    }

    /// Gives the node another name; blank takes it back to the processor's own.
    public void rename(String name) {
        PipelineNode shown = node.get();
        if (shown != null && !name.strip().equals(title.get())) {
            edits.accept(new SetTitle(shown.id(), name.isBlank() ? null : name.strip()));
        }
    }

    /// Turns the node's cache on, with the settings it had last, or off.
    public void switchCache() {
        PipelineNode shown = node.get();
        if (shown != null) {
            CacheSettings last = lastCache;
            CacheSettings on = last == null ? CacheSettings.DEFAULT : last;
            edits.accept(new SetCache(shown.id(), shown.cache() == null ? on : null));
        }
    }

    /// Hands out what is typed and right but not committed: before a run, a save, another selection.
    public void commit() {
        List.copyOf(fields).forEach(FieldViewModel::commit);
        List.copyOf(cacheFields).forEach(FieldViewModel::commit);
        List.copyOf(settingsFields).forEach(FieldViewModel::commit);
    }

    /// The node shown; null when none is.
    public ReadOnlyObjectProperty<@Nullable PipelineNode> nodeProperty() {
        return node.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /// The id, after the processor's name where the title is the user's own.
    public ReadOnlyStringProperty subtitleProperty() {
        return subtitle.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty iconProperty() {
        return icon.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<NodeStateMark> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// The word for what the node is doing.
    public String stateText() {
        return state.get().word();
    }

    public ReadOnlyBooleanProperty simulatedProperty() {
        return simulated.getReadOnlyProperty();
    }

    /// Whether the node can have a cache at all; sources and sinks cannot.
    public ReadOnlyBooleanProperty cacheableProperty() {
        return cacheable.getReadOnlyProperty();
    }

    public BooleanProperty cacheOnProperty() {
        return cacheOn;
    }

    ReadOnlyObjectProperty<NodeNumbers> numbersProperty() {
        return numbers.getReadOnlyProperty();
    }

    /// The parameters, in the descriptor's order.
    public ObservableList<FieldViewModel> fields() {
        return readOnlyFields;
    }

    /// The settings of the pipeline.
    public ObservableList<FieldViewModel> settingsFields() {
        return readOnlySettingsFields;
    }

    /// The settings of the cache; empty while it is off.
    public ObservableList<FieldViewModel> cacheFields() {
        return readOnlyCacheFields;
    }

    /// The same in groups.
    ObservableList<FormGroup> cacheGroups() {
        return cacheGroups;
    }

    public ObservableList<Problem> problems() {
        return readOnlyProblems;
    }
}
