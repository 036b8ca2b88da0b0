package io.partflow.ui.inspect.form;

import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The cases of a field, a row each, with buttons to add, move and take out. FX thread.
final class CaseList extends VBox {
    private static final double WORD_WIDTH = 104;

    private final CasesForm form;
    private final String title;
    private final FileChoice files;

    CaseList(CasesForm form, String title, FileChoice files) {
        this.form = form;
        this.title = title;
        this.files = files;
        getStyleClass().add("step-list");
        form.cases().addListener((ListChangeListener<CaseForm>) change -> rebuild());
        rebuild();
    }

    private void rebuild() {
        getChildren().setAll(form.cases().stream().map(this::row).toList());
        Button add = new Button(Messages.text("inspect.form.addcase"), Icons.icon("plus", 14));
        add.getStyleClass().addAll("flat", "small");
        add.setOnAction(event -> form.add());
        getChildren().add(add);
    }

    private Node row(CaseForm one) {
        TextField value = new TextField(one.value());
        value.setAccessibleText(Messages.text("inspect.form.casevalue"));
        value.setPromptText(Messages.textOr("inspect.form.case." + one.word() + ".hint", ""));
        value.setVisible(one.hasValue());
        value.setOnAction(event -> one.enterValue(value.getText()));
        value.focusedProperty().subscribe((was, is) -> {
            if (was && !is) {
                one.enterValue(value.getText());
            }
        });
        HBox.setHgrow(value, Priority.ALWAYS);
        ComboBox<String> word = word(one, value);
        Button up = button("arrow-up", "inspect.form.caseup");
        up.setDisable(form.cases().getFirst() == one);
        up.setOnAction(event -> form.moveUp(one));
        Button remove = button("x", "inspect.form.removecase");
        remove.setOnAction(event -> form.remove(one));
        HBox condition = new HBox(4, word, value, up, remove);
        condition.setAlignment(Pos.CENTER_LEFT);

        StepEditor step = new StepEditor(one.step(), title, files);
        HBox.setHgrow(step.choice(), Priority.ALWAYS);
        HBox leads = new HBox(4, Icons.icon("corner-down-right", 14), step.choice());
        leads.setAlignment(Pos.CENTER_LEFT);
        VBox row = new VBox(4, condition, leads, step.fields());
        row.getStyleClass().add("case-row");
        return row;
    }

    private static ComboBox<String> word(CaseForm one, TextField value) {
        ComboBox<String> word = new ComboBox<>();
        word.getItems().setAll(one.words());
        word.setValue(one.word());
        word.setMinWidth(WORD_WIDTH);
        word.setMaxWidth(WORD_WIDTH);
        word.setAccessibleText(Messages.text("inspect.form.caseword"));
        word.setButtonCell(new Named());
        word.setCellFactory(list -> new Named());
        word.valueProperty().subscribe(chosen -> {
            if (chosen != null) {
                one.chooseWord(chosen);
                value.setVisible(one.hasValue());
                value.setPromptText(Messages.textOr("inspect.form.case." + chosen + ".hint", ""));
            }
        });
        return word;
    }

    private static Button button(String icon, String key) {
        Button button = new Button(null, Icons.icon(icon, 14));
        button.getStyleClass().add("icon-button");
        Tips.install(button, Messages.text(key));
        button.setAccessibleText(Messages.text(key));
        return button;
    }

    private static final class Named extends ListCell<@Nullable String> {
        @Override
        protected void updateItem(@Nullable String item, boolean empty) {
            super.updateItem(item, empty);
            setText(item == null || empty ? null : Messages.textOr("inspect.form.case." + item, item));
        }
    }
}
