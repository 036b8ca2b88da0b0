package io.partflow.ui.inspect.node;

import io.partflow.ui.inspect.form.FieldRow;
import io.partflow.ui.inspect.form.FieldViewModel;
import io.partflow.ui.inspect.form.FileChoice;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.VBox;

/// The settings of a cache as rows: the common ones first, the others in groups that open. FX thread.
///
/// Which groups are open stays so from node to node.
final class CacheGroups extends VBox {
    private final ObservableList<FormGroup> groups;
    private final FileChoice files;
    private final Runnable addPartition;
    private final Set<String> open = new HashSet<>();

    /// @param files asked when the user presses the chooser of a path
    /// @param addPartition makes another group of limits for some kinds of inputs
    CacheGroups(ObservableList<FormGroup> groups, FileChoice files, Runnable addPartition) {
        this.groups = groups;
        this.files = files;
        this.addPartition = addPartition;
        getStyleClass().add("form");
        groups.addListener((ListChangeListener<FormGroup>) change -> build());
        build();
    }

    private void build() {
        List<Node> all = new ArrayList<>();
        for (FormGroup group : groups) {
            if (group.title().isEmpty()) {
                all.addAll(rows(group));
            } else {
                all.add(pane(group));
            }
        }
        if (!groups.isEmpty()) {
            Button add = new Button(Messages.text("inspect.cache.partition.add"), Icons.icon("plus", 12));
            add.getStyleClass().addAll("small", "flat");
            add.setId("add-partition");
            add.setOnAction(event -> addPartition.run());
            all.add(add);
        }
        getChildren().setAll(all);
    }

    private List<FieldRow> rows(FormGroup group) {
        return group.fields().stream().map(field -> new FieldRow(field, files)).toList();
    }

    private TitledPane pane(FormGroup group) {
        VBox body = new VBox();
        body.getStyleClass().add("form");
        TitledPane pane = new TitledPane(title(group), body);
        pane.getStyleClass().addAll("form-group", "dense");
        pane.setAnimated(false);
        pane.expandedProperty().subscribe(is -> {
            if (is && body.getChildren().isEmpty()) {
                fill(body, group);
            }
        });
        pane.setExpanded(group.remove() != null || open.contains(group.title()));
        pane.expandedProperty().subscribe((was, is) -> {
            if (is) {
                open.add(group.title());
            } else {
                open.remove(group.title());
                pane.setText(title(group));
            }
        });
        return pane;
    }

    private void fill(VBox body, FormGroup group) {
        body.getChildren().setAll(rows(group));
        Runnable remove = group.remove();
        if (remove != null) {
            Button button = new Button(Messages.text("inspect.cache.partition.remove"), Icons.icon("trash-2", 12));
            button.getStyleClass().addAll("small", "flat");
            button.setOnAction(event -> remove.run());
            body.getChildren().add(button);
        }
    }

    /// The title, with how many of the fields differ from what is usual.
    private static String title(FormGroup group) {
        long set = group.fields().stream().filter(CacheGroups::isSet).count();
        return set == 0 || group.remove() != null
                ? group.title()
                : Messages.text("inspect.cache.group.set", group.title(), Long.toString(set));
    }

    private static boolean isSet(FieldViewModel field) {
        return !field.value().equals(field.spec().defaultValue());
    }
}
