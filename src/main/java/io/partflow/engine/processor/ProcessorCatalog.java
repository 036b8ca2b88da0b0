package io.partflow.engine.processor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All processors that exist, by id, in palette order. Immutable.
public final class ProcessorCatalog {
    private final Map<String, ProcessorEntry> byId;

    /// @throws IllegalArgumentException when two entries have one id
    public ProcessorCatalog(Collection<ProcessorEntry> entries) {
        Map<String, ProcessorEntry> map = new LinkedHashMap<>();
        for (ProcessorEntry entry : entries) {
            if (map.put(entry.descriptor().id(), entry) != null) {
                throw new IllegalArgumentException(
                        "two processors have the id " + entry.descriptor().id());
            }
        }
        byId = map;
    }

    public Optional<ProcessorEntry> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Optional<ProcessorDescriptor> descriptor(String id) {
        return find(id).map(ProcessorEntry::descriptor);
    }

    /// Every descriptor, in the order of registration.
    public List<ProcessorDescriptor> descriptors() {
        List<ProcessorDescriptor> all = new ArrayList<>();
        byId.values().forEach(entry -> all.add(entry.descriptor()));
        return List.copyOf(all);
    }

    /// A catalog with further entries behind these.
    public ProcessorCatalog plus(ProcessorEntry... more) {
        List<ProcessorEntry> all = new ArrayList<>(byId.values());
        all.addAll(List.of(more));
        return new ProcessorCatalog(all);
    }
}
