package io.partflow.ui.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;

/// The colour tokens of one theme by name, for drawing on a canvas.
///
/// Read from the theme's own token file, so that a colour is written once. Immutable; needs no toolkit.
public final class ThemeColors {

    private static final Pattern TOKEN =
            Pattern.compile("^\\s*(-(?:color|pf)-[a-z0-9-]+):\\s*(#[0-9A-Fa-f]{6})\\s*;", Pattern.MULTILINE);

    private final Map<String, Color> byToken;

    private ThemeColors(Map<String, Color> byToken) {
        this.byToken = Map.copyOf(byToken);
    }

    /// Reads a token file; every line `-name: #RRGGBB;` is a token, everything else is passed over.
    static ThemeColors parse(URL tokenFile) {
        try (InputStream bytes = tokenFile.openStream()) {
            Map<String, Color> found = new HashMap<>();
            Matcher line = TOKEN.matcher(new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
            while (line.find()) {
                found.put(line.group(1), Color.web(line.group(2)));
            }
            return new ThemeColors(found);
        } catch (IOException failure) {
            throw new UncheckedIOException("The token file " + tokenFile + " cannot be read", failure);
        }
    }

    /// The colour of a token such as `-pf-hit`.
    ///
    /// Throws [IllegalArgumentException] for a name the theme does not define.
    public Color color(String token) {
        Color color = byToken.get(token);
        if (color == null) {
            throw new IllegalArgumentException("No colour token " + token);
        }
        return color;
    }

    /// The colour of a token with an opacity between 0 and 1.
    public Color color(String token, double opacity) {
        return color(token).deriveColor(0, 1, 1, opacity);
    }

    /// The names of all tokens, in no order.
    public Set<String> tokens() {
        return byToken.keySet();
    }
}
