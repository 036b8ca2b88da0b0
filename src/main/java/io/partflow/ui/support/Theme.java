package io.partflow.ui.support;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.application.Application;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// A complete look of the application: AtlantaFX Primer below, our tokens and one style sheet per control group
/// above.
///
/// The theme in force is one for the whole application; drawn controls [#follow(Node, Runnable)] it.
/// FX thread.
public enum Theme {
    /// Light text on dark surfaces.
    DARK("tokens-dark.css", new PrimerDark().getUserAgentStylesheet()),

    /// Dark text on light surfaces.
    LIGHT("tokens-light.css", new PrimerLight().getUserAgentStylesheet());

    private static final ObjectProperty<Theme> CURRENT = new SimpleObjectProperty<>(DARK);

    private static @Nullable ListChangeListener<Window> newWindows;

    private final String userAgentStylesheet;
    private final List<String> stylesheets;
    private final String tokens;
    private @Nullable ThemeColors colors;

    Theme(String tokens, String userAgentStylesheet) {
        this.userAgentStylesheet = userAgentStylesheet;
        this.tokens = tokens;
        this.stylesheets = Stream.concat(Stream.of(tokens), ControlGroups.NAMES.stream())
                .map(name -> resource(name).toExternalForm())
                .toList();
    }

    /// Gives this look to one scene and makes it the current theme.
    public void apply(Scene scene) {
        Fonts.load();
        setBelowAll();
        dress(scene);
        CURRENT.set(this);
    }

    /// Gives this look to every open window, and from now on to every window that opens, dialogs included.
    public void applyEverywhere() {
        Fonts.load();
        setBelowAll();
        CURRENT.set(this);
        Window.getWindows().forEach(Theme::redressWindow);
        if (newWindows == null) {
            ListChangeListener<Window> listener = change -> {
                while (change.next()) {
                    change.getAddedSubList().forEach(Theme::dressWindow);
                }
            };
            newWindows = listener;
            Window.getWindows().addListener(listener);
        }
    }

    /// The colours of this theme, for what is drawn instead of styled.
    public ThemeColors colors() {
        ThemeColors known = colors;
        if (known == null) {
            // not in the constructor: a start shows one theme and would read both
            known = ThemeColors.parse(resource(tokens));
            colors = known;
        }
        return known;
    }

    /// The other theme.
    public Theme opposite() {
        return switch (this) {
            case DARK -> LIGHT;
            case LIGHT -> DARK;
        };
    }

    /// The style sheets of our own, tokens first, for a scene that is dressed by hand.
    public List<String> stylesheets() {
        return stylesheets;
    }

    /// The theme in force, [#DARK] before any was applied.
    public static Theme current() {
        return CURRENT.get();
    }

    /// Calls `redraw` when the node comes into a scene, and from then on whenever the theme changes, until it leaves.
    /// The theme outlives every window: what listened to it for ever would keep its window. FX thread.
    public static void follow(Node node, Runnable redraw) {
        Following following = new Following(redraw);
        node.sceneProperty().subscribe(following::turn);
    }

    /// Listens to the theme while there is a scene.
    private static final class Following {
        private final Runnable redraw;
        private @Nullable Subscription listening;

        Following(Runnable redraw) {
            this.redraw = redraw;
        }

        void turn(@Nullable Scene scene) {
            Subscription before = listening;
            if (before != null) {
                before.unsubscribe();
                listening = null;
            }
            if (scene != null) {
                listening = CURRENT.subscribe(theme -> redraw.run());
            }
        }
    }

    private static void dressWindow(Window window) {
        Scene scene = window.getScene();
        // A popup takes over the style sheets of the scene that owns it.
        if (scene != null && !(window instanceof PopupWindow)) {
            CURRENT.get().dress(scene);
        }
    }

    /// Popups that are open have taken over what their owner wore then.
    private static void redressWindow(Window window) {
        Scene scene = window.getScene();
        if (scene != null) {
            CURRENT.get().dress(scene);
        }
    }

    /// Setting it again would have every window styled anew.
    private void setBelowAll() {
        if (!userAgentStylesheet.equals(Application.getUserAgentStylesheet())) {
            Application.setUserAgentStylesheet(userAgentStylesheet);
        }
    }

    private void dress(Scene scene) {
        List<String> foreign = scene.getStylesheets().stream()
                .filter(sheet -> Stream.of(values()).noneMatch(theme -> theme.stylesheets.contains(sheet)))
                .toList();
        List<String> wanted =
                Stream.concat(stylesheets.stream(), foreign.stream()).toList();
        if (!wanted.equals(scene.getStylesheets())) {
            scene.getStylesheets().setAll(wanted);
        }
    }

    private static URL resource(String name) {
        return Objects.requireNonNull(Theme.class.getResource("theme/" + name), () -> "No style sheet " + name);
    }

    /// The style sheets after the tokens, one per control group; a nested class because the constructors of an
    /// enum run before its own static fields are set.
    private static final class ControlGroups {
        static final List<String> NAMES = List.of(
                "base.css",
                "buttons.css",
                "fields.css",
                "tabs.css",
                "tables.css",
                "menus.css",
                "surfaces.css",
                "marks.css",
                "charts.css",
                "editor.css",
                "inspect.css",
                "tune.css");
    }
}
