package io.partflow.ui.editor.model;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/// The words of the editor by key, from `editor.properties`. Any thread.
public final class EditorText {
    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("io.partflow.ui.editor.editor", Locale.ROOT);

    private EditorText() {}

    /// The text of a key with `{0}`, `{1}` ... replaced by the arguments, numbers already written.
    ///
    /// @throws IllegalArgumentException for an unknown key
    public static String text(String key, Object... args) {
        try {
            String pattern = BUNDLE.getString(key);
            return args.length == 0 ? pattern : new MessageFormat(pattern, Locale.ENGLISH).format(args);
        } catch (MissingResourceException unknown) {
            throw new IllegalArgumentException("No message for the key " + key, unknown);
        }
    }

    /// All words, for an `FXMLLoader`.
    public static ResourceBundle bundle() {
        return BUNDLE;
    }
}
