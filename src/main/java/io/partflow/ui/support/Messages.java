package io.partflow.ui.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.ResourceBundle;

/// The words of the user interface by key, from the `messages.properties` of every room of `ui` and of `app`.
///
/// Each room keeps its words beside its views; keys are unique over all of them. One language so far: English,
/// whatever the machine is set to, so that words and numbers agree. Any thread.
public final class Messages {

    private static final List<String> ROOMS =
            List.of("ui/support", "ui/charts", "ui/editor", "ui/inspect", "ui/tune", "app");

    private static final Map<String, String> TEXTS = readAll();

    private static final ResourceBundle BUNDLE = new ResourceBundle() {
        @Override
        protected Object handleGetObject(String key) {
            return Messages.text(key);
        }

        @Override
        public boolean containsKey(String key) {
            return TEXTS.containsKey(key);
        }

        @Override
        public Enumeration<String> getKeys() {
            return Collections.enumeration(TEXTS.keySet());
        }
    };

    private Messages() {}

    /// The text of a key with `{0}`, `{1}` ... replaced by the arguments.
    ///
    /// A text asked for with arguments follows the rules of [MessageFormat] (an apostrophe is written twice);
    /// one asked for without is taken as it stands. Numbers should come already written by [Formats]. Throws
    /// [IllegalArgumentException] for an unknown key.
    public static String text(String key, Object... args) {
        String pattern = TEXTS.get(key);
        if (pattern == null) {
            throw new IllegalArgumentException("No message for the key " + key);
        }
        return args.length == 0 ? pattern : new MessageFormat(pattern, Locale.ENGLISH).format(args);
    }

    /// The text of a key, or `fallback` when there is none.
    public static String textOr(String key, String fallback) {
        return TEXTS.getOrDefault(key, fallback);
    }

    /// All messages, for an `FXMLLoader`.
    public static ResourceBundle bundle() {
        return BUNDLE;
    }

    private static Map<String, String> readAll() {
        Map<String, String> all = new HashMap<>();
        for (String room : ROOMS) {
            String file = "/io/partflow/" + room + "/messages.properties";
            try (InputStream bytes = Messages.class.getResourceAsStream(file)) {
                if (bytes == null) {
                    continue;
                }
                Properties texts = new Properties();
                texts.load(new InputStreamReader(bytes, StandardCharsets.UTF_8));
                for (String key : texts.stringPropertyNames()) {
                    if (all.put(key, texts.getProperty(key)) != null) {
                        throw new IllegalStateException("The message " + key + " is defined twice, last in " + file);
                    }
                }
            } catch (IOException failure) {
                throw new UncheckedIOException("The messages " + file + " cannot be read", failure);
            }
        }
        return Map.copyOf(all);
    }
}
