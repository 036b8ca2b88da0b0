package io.partflow.ui.editor;

import static io.partflow.ui.editor.CanvasAction.*;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.Modifier;
import javafx.scene.input.KeyEvent;

/// The keys of the canvas, in one place. Ctrl stands for Cmd on macOS.
public final class CanvasKeys {
    private static final Modifier CTRL = KeyCombination.SHORTCUT_DOWN;
    private static final Modifier SHIFT = KeyCombination.SHIFT_DOWN;
    private static final Modifier ALT = KeyCombination.ALT_DOWN;

    private static final Map<KeyCombination, CanvasAction> KEYS = keys();

    private CanvasKeys() {}

    private static Map<KeyCombination, CanvasAction> keys() {
        Map<KeyCombination, CanvasAction> keys = new LinkedHashMap<>();
        keys.put(key(KeyCode.SPACE, CTRL), ADD);
        keys.put(key(KeyCode.PERIOD, CTRL), ADD);
        keys.put(key(KeyCode.ENTER), EDIT);
        keys.put(key(KeyCode.F2), RENAME);
        keys.put(key(KeyCode.DELETE), DELETE);
        keys.put(key(KeyCode.BACK_SPACE), DELETE);
        keys.put(key(KeyCode.DELETE, CTRL), DELETE_AND_RECONNECT);
        keys.put(key(KeyCode.BACK_SPACE, CTRL), DELETE_AND_RECONNECT);
        keys.put(key(KeyCode.X, CTRL), CUT);
        keys.put(key(KeyCode.C, CTRL), COPY);
        keys.put(key(KeyCode.V, CTRL), PASTE);
        keys.put(key(KeyCode.V, CTRL, SHIFT), PASTE_KEEPING_INPUTS);
        keys.put(key(KeyCode.D, CTRL), DUPLICATE);
        keys.put(key(KeyCode.L, CTRL), CONNECT_IN_ORDER);
        keys.put(key(KeyCode.B), BYPASS);
        keys.put(key(KeyCode.M), MUTE);
        keys.put(key(KeyCode.K), CACHE);
        keys.put(key(KeyCode.H), COLLAPSE);
        keys.put(key(KeyCode.A, CTRL, SHIFT), LAY_OUT);
        keys.put(key(KeyCode.A, CTRL), SELECT_ALL);
        keys.put(key(KeyCode.U, ALT), SELECT_UPSTREAM);
        keys.put(key(KeyCode.J, ALT), SELECT_DOWNSTREAM);
        keys.put(key(KeyCode.ESCAPE), CANCEL);
        keys.put(key(KeyCode.TAB), NEXT);
        keys.put(key(KeyCode.TAB, SHIFT), PREVIOUS);
        arrows(keys, GO_LEFT, GO_RIGHT, GO_UP, GO_DOWN);
        arrows(keys, MOVE_LEFT, MOVE_RIGHT, MOVE_UP, MOVE_DOWN, SHIFT);
        arrows(keys, MOVE_FAR_LEFT, MOVE_FAR_RIGHT, MOVE_FAR_UP, MOVE_FAR_DOWN, CTRL, SHIFT);
        keys.put(key(KeyCode.PLUS, CTRL), ZOOM_IN);
        keys.put(key(KeyCode.EQUALS, CTRL), ZOOM_IN);
        keys.put(key(KeyCode.ADD, CTRL), ZOOM_IN);
        keys.put(key(KeyCode.MINUS, CTRL), ZOOM_OUT);
        keys.put(key(KeyCode.SUBTRACT, CTRL), ZOOM_OUT);
        keys.put(key(KeyCode.DIGIT0, CTRL), ZOOM_100);
        keys.put(key(KeyCode.DIGIT1, CTRL), FIT_ALL);
        keys.put(key(KeyCode.DIGIT2, CTRL), FIT_SELECTION);
        keys.put(key(KeyCode.M, ALT), MINIMAP);
        return keys;
    }

    /// What a key press asks for; empty when it is no key of the canvas.
    public static Optional<CanvasAction> action(KeyEvent event) {
        return KEYS.entrySet().stream()
                .filter(entry -> entry.getKey().match(event))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// The first key of an action as it is written in menus, such as `Ctrl+D`.
    public static KeyCombination combination(CanvasAction action) {
        return KEYS.entrySet().stream()
                .filter(entry -> entry.getValue() == action)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static void arrows(
            Map<KeyCombination, CanvasAction> keys,
            CanvasAction left,
            CanvasAction right,
            CanvasAction up,
            CanvasAction down,
            Modifier... modifiers) {
        keys.put(key(KeyCode.LEFT, modifiers), left);
        keys.put(key(KeyCode.RIGHT, modifiers), right);
        keys.put(key(KeyCode.UP, modifiers), up);
        keys.put(key(KeyCode.DOWN, modifiers), down);
    }

    private static KeyCombination key(KeyCode code, Modifier... modifiers) {
        return new KeyCodeCombination(code, modifiers);
    }
}
