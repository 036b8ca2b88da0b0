package io.partflow.ui.inspect.form;

import io.partflow.engine.processor.ParamSpec;
import java.util.List;

/// Lets the user choose files for a parameter: a dialog on the screen, a list in a test.
@FunctionalInterface
public interface FileChoice {
    /// The chosen files, as a document names them; empty when the user chose none.
    ///
    /// @param spec one file for [io.partflow.engine.processor.ParamType#FILE], any number for a list
    List<String> choose(ParamSpec spec);
}
