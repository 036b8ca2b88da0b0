package io.partflow.engine.builtin.nested;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A processor with parameters as one line of text: `text.summary maxSentences=1 language="de CH"`.
///
/// @param id the processor's id; empty for an empty line
/// @param values the parameters in their text form, by name
record ProcessorLine(String id, Map<String, String> values) {
    /// Reads a line.
    ///
    /// @throws IllegalArgumentException when a word behind the id is no `name=value`; the message says which
    static ProcessorLine parse(String line) {
        List<String> words = words(line);
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : words.subList(Math.min(1, words.size()), words.size())) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("\"" + word + "\" must be written name=value");
            }
            values.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return new ProcessorLine(words.isEmpty() ? "" : words.getFirst(), Map.copyOf(values));
    }

    /// The words between white space; what stands between double quotes is part of one word.
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
                any = true;
            } else if (Character.isWhitespace(c) && !quoted) {
                if (any) {
                    words.add(word.toString());
                }
                word.setLength(0);
                any = false;
            } else {
                word.append(c);
                any = true;
            }
        }
        if (any) {
            words.add(word.toString());
        }
        return words;
    }
}
