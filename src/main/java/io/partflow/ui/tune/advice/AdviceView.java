package io.partflow.ui.tune.advice;

import io.partflow.engine.insight.advice.Advice;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The list of advice: each with its evidence, what it would bring and between which bounds, and the
/// buttons to take it over or to hear no more of it. FX thread.
public final class AdviceView extends VBox {
    private final AdviceViewModel model;
    private final VBox list = new VBox();
    private final Label count = new Label();
    private final Hyperlink recall = new Hyperlink(Messages.text("tune.advice.recall"));

    public AdviceView(AdviceViewModel model) {
        this.model = model;
        getStyleClass().addAll("pane", "advice");
        Label title = new Label(Messages.text("tune.advice.title"));
        title.getStyleClass().add("panel-title");
        count.getStyleClass().add("tag");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        recall.setOnAction(event -> model.recall());
        HBox head = new HBox(8, title, count, gap, recall);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("advice-head");
        list.getStyleClass().add("advice-list");
        ScrollPane scroll = new ScrollPane(list);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().setAll(head, scroll);
        model.cardsProperty().subscribe(this::show);
    }

    private void show(List<AdviceViewModel.Card> cards) {
        count.setText(Formats.count(cards.size()));
        recall.setVisible(model.hasRefused());
        if (cards.isEmpty()) {
            Label none = new Label(model.silence());
            none.setWrapText(true);
            none.getStyleClass().add("muted");
            list.getChildren().setAll(none);
        } else {
            list.getChildren().setAll(cards.stream().map(this::card).toList());
        }
    }

    private VBox card(AdviceViewModel.Card card) {
        Label title = wrapped(card.advice().title(), "section-title");
        Label about = wrapped(Messages.text("tune.advice.about", card.nodeTitle(), card.change()), "secondary");
        VBox box = new VBox(title, about);
        box.getStyleClass().addAll("card", "advice-card");
        for (Advice.Evidence evidence : card.advice().evidence()) {
            box.getChildren().add(pair(evidence.what(), evidence.value()));
        }
        Label predicted = new Label(card.gain());
        predicted.getStyleClass().addAll("strong", card.gain().startsWith("\u2212") ? "warning-text" : "success-text");
        predicted.setMinWidth(Region.USE_PREF_SIZE);
        Label word = new Label(Messages.text("tune.advice.predicted"));
        word.getStyleClass().add("secondary");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox foot = new HBox(8, word, predicted, gap, action(card), dismiss(card));
        foot.setAlignment(Pos.CENTER_LEFT);
        foot.getStyleClass().add("advice-foot");
        box.getChildren().addAll(wrapped(card.interval(), "caption"), foot);
        box.setAccessibleText(card.advice().title() + " " + card.change() + " " + card.gain() + ", " + card.interval());
        return box;
    }

    private static HBox pair(String what, String value) {
        Label name = wrapped(what, "secondary");
        HBox.setHgrow(name, Priority.ALWAYS);
        name.setMaxWidth(Double.MAX_VALUE);
        Label figure = new Label(value);
        figure.getStyleClass().add("tune-cell");
        figure.setMinWidth(Region.USE_PREF_SIZE);
        return new HBox(8, name, figure);
    }

    private static Label wrapped(String text, String style) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().add(style);
        return label;
    }

    private Region action(AdviceViewModel.Card card) {
        return switch (card.doing()) {
            case APPLY -> {
                Button apply = new Button(Messages.text("tune.advice.apply"));
                apply.getStyleClass().addAll("small", "advice-apply");
                apply.setId(
                        "apply-" + card.advice().rule() + "-" + card.advice().node());
                apply.setMinWidth(Region.USE_PREF_SIZE);
                apply.setAccessibleText(Messages.text("tune.advice.apply") + ": " + card.change());
                Tips.install(apply, Messages.text("tune.advice.apply.tip"));
                apply.setOnAction(event -> model.apply(card.advice()));
                yield apply;
            }
            case DONE -> {
                Label done =
                        new Label(Messages.text("tune.advice.done"), Icons.icon("check-circle", 12, "success-icon"));
                done.getStyleClass().add("secondary");
                done.setMinWidth(Region.USE_PREF_SIZE);
                yield done;
            }
            case RUN_OPTION -> {
                Label run = new Label(Messages.text("tune.advice.runoption"));
                run.getStyleClass().add("caption");
                yield run;
            }
        };
    }

    private Button dismiss(AdviceViewModel.Card card) {
        Button dismiss = new Button("", Icons.icon("x", 14));
        dismiss.getStyleClass().addAll("icon-button", "small");
        dismiss.setAccessibleText(Messages.text("tune.advice.dismiss"));
        Tips.install(dismiss, Messages.text("tune.advice.dismiss"));
        dismiss.setOnAction(event -> model.refuse(card.advice()));
        return dismiss;
    }
}
