package io.partflow.ui.inspect.node;

import io.partflow.ui.inspect.form.FieldViewModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fields of a form that belong together. Immutable.
///
/// @param title above them; empty for those that come first and are always shown
/// @param remove takes what they describe away; null where it always is
record FormGroup(
        String title, List<FieldViewModel> fields, @Nullable Runnable remove) {
    FormGroup {
        fields = List.copyOf(fields);
    }
}
