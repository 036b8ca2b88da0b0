package io.partflow.engine.processor.text;

import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.MimeType;
import io.partflow.engine.content.Part;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Replaces web addresses in text by JSON parts `{"url": ...}` that a later processor can fetch.
///
/// Letter case does not count; a full stop or comma at the end does not belong to the address.
public final class UrlExtraction {
    /// The type name of a part when no other is given.
    public static final String FETCH_REQUEST = "FetchRequest";

    // Everything but white space, quotes, angle brackets and the zero width space.
    private static final String REST = "(?:[^\\s<>\"'\\u200B]*[^\\s<>\"'\\u200B.,])?";

    private UrlExtraction() {}

    /// All addresses of http and https, as [#FETCH_REQUEST].
    public static MatchRule rule() {
        Map<String, String> both = new LinkedHashMap<>();
        both.put("http://", FETCH_REQUEST);
        both.put("https://", FETCH_REQUEST);
        return rule(both);
    }

    /// The addresses that start with one of the prefixes.
    ///
    /// An address at the end of a part waits for the next one, as it may go on there.
    ///
    /// @param typeOfPrefix the type name of the JSON part for each prefix, not empty; the first prefix that fits
    ///     counts. All have the same scheme; http and https are one
    public static MatchRule rule(Map<String, String> typeOfPrefix) {
        Map<String, String> types = new LinkedHashMap<>(typeOfPrefix);
        Set<String> schemes = types.keySet().stream().map(UrlExtraction::scheme).collect(Collectors.toSet());
        if (schemes.size() != 1) {
            throw new IllegalArgumentException("prefixes have the schemes " + schemes + "; they must have one");
        }
        String prefixes = types.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;
        return MatchRule.of(Pattern.compile("(?:" + prefixes + ")" + REST, flags), "")
                .withWordStart(schemes.iterator().next())
                .withBorder(MatchRule.Border.JOIN)
                .withTransform(part -> request(part, types));
    }

    private static String scheme(String prefix) {
        int colon = prefix.indexOf(':');
        String scheme = (colon < 0 ? prefix : prefix.substring(0, colon)).toLowerCase(Locale.ROOT);
        return scheme.equals("https") ? "http" : scheme;
    }

    private static Part request(Part found, Map<String, String> types) {
        String url = found.text();
        String type = FETCH_REQUEST;
        for (Map.Entry<String, String> entry : types.entrySet()) {
            if (url.regionMatches(true, 0, entry.getKey(), 0, entry.getKey().length())) {
                type = entry.getValue();
                break;
            }
        }
        return found.withText(JsonObject.of("url", JsonValue.of(url)).toJson())
                .withMimeType(MimeType.APPLICATION_JSON + "; type=" + type);
    }
}
