/// A form made from parameter specs
///
/// Read first: [ fields that know their text, their unit and what is wrong with them.:FieldViewModel], [FieldRow].
/// FX thread. May depend on `ui.support`, `pipeline` and `engine`.
@NullMarked
package io.partflow.ui.inspect.form;

import org.jspecify.annotations.NullMarked;
