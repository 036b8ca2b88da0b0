package io.partflow.ui.inspect.form;

import io.partflow.engine.content.JsonNull;
import io.partflow.engine.processor.ParamType;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.property.editor.Editors;
import org.controlsfx.property.editor.PropertyEditor;

/// One row of a form: the label, the editor that suits the field, and below it what is wrong. FX thread.
///
/// Enter and leaving the field commit; Escape takes back what was typed.
public final class FieldRow extends VBox {
    private static final double LABEL_WIDTH = 108;
    private static final double GAP = 12;
    private static final int LEAST_LINES = 2;
    private static final int MOST_LINES = 6;

    private final FieldViewModel field;
    private Optional<Node> below = Optional.empty();

    /// @param files asked when the user presses the chooser of a path
    public FieldRow(FieldViewModel field, FileChoice files) {
        this.field = field;
        getStyleClass().add("field-row");
        visibleProperty().bind(field.relevantProperty());
        managedProperty().bind(field.relevantProperty());
        Label label = new Label(field.title());
        label.getStyleClass().add("muted");
        label.setMinWidth(LABEL_WIDTH);
        label.setMaxWidth(LABEL_WIDTH);
        label.setMinHeight(28);
        label.setWrapText(true);
        if (field.shape() == FieldViewModel.Shape.STEPS) {
            getChildren().addAll(label, new StepList(field, files), error());
            Tips.install(label, field.spec().description());
            return;
        }
        if (field.shape() == FieldViewModel.Shape.CASES) {
            getChildren().addAll(label, new CaseList(new CasesForm(field), field.title(), files), error());
            Tips.install(label, field.spec().description());
            return;
        }
        Node editor = editor(files);
        HBox.setHgrow(editor, Priority.ALWAYS);
        label.setLabelFor(editor);
        boolean tall = switch (field.shape()) {
            case AREA, LIST -> true;
            case FLAG, NUMBER, CHOICE, LINE, FILE, SECRET, STEP, STEPS, CASES -> false;
        };
        HBox line = new HBox(GAP, label, editor);
        line.setAlignment(tall ? Pos.TOP_LEFT : Pos.CENTER_LEFT);
        getChildren().addAll(line, error());
        below.ifPresent(getChildren()::add);
        if (!field.spec().description().isEmpty()) {
            Tips.install(line, field.spec().description());
        }
    }

    private Label error() {
        Label error = new Label();
        error.getStyleClass().add("field-error");
        error.setGraphic(Icons.icon("alert-circle", 12, "danger-icon"));
        error.setWrapText(true);
        error.textProperty().bind(field.errorProperty());
        error.visibleProperty().bind(field.errorProperty().isNotEmpty());
        error.managedProperty().bind(error.visibleProperty());
        VBox.setMargin(error, new Insets(2, 0, 4, LABEL_WIDTH + GAP));
        return error;
    }

    public FieldViewModel field() {
        return field;
    }

    private Node editor(FileChoice files) {
        return switch (field.shape()) {
            case FLAG -> {
                PropertyEditor<?> editor = Editors.createCheckEditor(new FieldItem(field));
                Node box = editor.getEditor();
                HBox left = new HBox(box);
                left.setAlignment(Pos.CENTER_LEFT);
                follow(editor, field.flagProperty());
                yield named(box, left);
            }
            case CHOICE -> {
                PropertyEditor<?> editor = Editors.createChoiceEditor(
                        new FieldItem(field), field.spec().choices());
                follow(editor, field.textProperty());
                if (editor.getEditor() instanceof ComboBox<?> box) {
                    box.setMaxWidth(Double.MAX_VALUE);
                }
                yield named(editor.getEditor(), editor.getEditor());
            }
            case NUMBER -> unitField(line("number"));
            case SECRET -> unitField(line());
            case LINE -> ringed(line());
            case FILE -> withChooser(ringed(line()), files);
            case AREA -> ringed(area());
            case STEP -> {
                StepEditor editor = new StepEditor(field.steps().getFirst(), field.title(), files);
                below = Optional.of(editor.fields());
                yield editor.choice();
            }
            case STEPS -> new StepList(field, files);
            case CASES -> new CaseList(new CasesForm(field), field.title(), files);
            case LIST -> field.spec().name().equals("paths") ? withChooser(ringed(area()), files) : ringed(area());
        };
    }

    private <T extends Node> T named(Node control, T shown) {
        control.setAccessibleText(field.title());
        return shown;
    }

    private static void follow(PropertyEditor<?> editor, ObservableValue<?> value) {
        @SuppressWarnings("unchecked") // the editor was made for an item of that very type
        PropertyEditor<Object> any = (PropertyEditor<Object>) editor;
        value.subscribe(now -> any.setValue(now));
    }

    private TextField line(String... styles) {
        TextField line = new TextField();
        line.getStyleClass().addAll(styles);
        line.setOnAction(event -> field.commit());
        return wired(line);
    }

    private TextArea area() {
        TextArea area = new TextArea();
        area.setWrapText(true);
        area.setPrefColumnCount(8);
        area.setPromptText(
                Messages.textOr("inspect.form.example." + field.spec().name(), ""));
        fit(area);
        area.textProperty().subscribe(ignored -> fit(area));
        return wired(area);
    }

    private static void fit(TextArea area) {
        int lines = (int) area.getText().lines().count();
        area.setPrefRowCount(Math.clamp(lines, LEAST_LINES, MOST_LINES));
    }

    private <T extends TextInputControl> T wired(T input) {
        input.textProperty().bindBidirectional(field.textProperty());
        input.focusedProperty().subscribe((was, is) -> {
            if (was && !is) {
                field.commit();
            }
        });
        input.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && field.isEdited()) {
                field.revert();
                event.consume();
            } else if (event.getCode() == KeyCode.ENTER && event.isShortcutDown() && input instanceof TextArea) {
                field.commit();
            }
        });
        input.setAccessibleText(field.title());
        return input;
    }

    private <T extends Region> T ringed(T input) {
        field.errorProperty().subscribe(text -> setStyle(input, "error", !text.isEmpty()));
        return input;
    }

    private HBox unitField(TextField input) {
        Label unit = new Label();
        unit.getStyleClass().add("unit");
        unit.textProperty().bind(field.unitProperty());
        unit.setMinWidth(Control.USE_PREF_SIZE);
        HBox.setHgrow(input, Priority.ALWAYS);
        HBox box = new HBox(input, unit);
        box.getStyleClass().add("unit-field");
        input.setMinWidth(40);
        if (field.spec().type() != ParamType.SECRET) {
            input.setPromptText(
                    field.spec().defaultValue() instanceof JsonNull
                            ? Messages.textOr(
                                    "inspect.form.none." + field.spec().name(), Messages.text("inspect.form.nolimit"))
                            : "");
        }
        return ringed(box);
    }

    private Node withChooser(TextInputControl input, FileChoice files) {
        Button choose = new Button(null, Icons.icon("folder", 14));
        choose.getStyleClass().addAll("icon-button");
        Tips.install(choose, Messages.text("inspect.form.choose"));
        choose.setAccessibleText(Messages.text("inspect.form.choose"));
        choose.setOnAction(event -> {
            List<String> chosen = files.choose(field.spec());
            if (!chosen.isEmpty()) {
                field.enter(field.shape() == FieldViewModel.Shape.LIST ? added(chosen) : chosen.getFirst());
            }
        });
        HBox.setHgrow(input, Priority.ALWAYS);
        HBox box = new HBox(4, input, choose);
        box.setAlignment(Pos.TOP_LEFT);
        return box;
    }

    private String added(List<String> chosen) {
        List<String> lines = new ArrayList<>(field.textProperty().get().lines().toList());
        chosen.stream().filter(path -> !lines.contains(path)).forEach(lines::add);
        return String.join("\n", lines);
    }

    private static void setStyle(Node node, String style, boolean on) {
        if (!on) {
            node.getStyleClass().remove(style);
        } else if (!node.getStyleClass().contains(style)) {
            node.getStyleClass().add(style);
        }
    }
}
