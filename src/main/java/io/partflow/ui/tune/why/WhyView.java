package io.partflow.ui.tune.why;

import io.partflow.engine.insight.why.Difference;
import io.partflow.engine.insight.why.TextDiff;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;

/// The inspector's tab "Why": the one cause of a miss in words, and what differs from the nearest earlier request. FX
/// thread.
///
/// What was taken out is struck through and what was put in underlined, so that nothing hangs on a colour.
public final class WhyView extends StackPane {
    private final WhyViewModel model;
    private final MissesViewModel misses;
    private final VBox content = new VBox();
    private final ScrollPane scroll = new ScrollPane(content);
    private final VBox guide = new VBox();

    public WhyView(WhyViewModel model, MissesViewModel misses) {
        this.model = model;
        this.misses = misses;
        getStyleClass().add("why");
        Label first = new Label(Messages.text("tune.why.guide"));
        first.setWrapText(true);
        first.getStyleClass().add("muted");
        guide.getChildren().setAll(heading(), first);
        guide.getStyleClass().add("why-body");
        content.getStyleClass().add("why-body");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        getChildren().setAll(guide, scroll);
        model.answerProperty().subscribe(this::show);
    }

    private static Label heading() {
        Label heading = new Label(Messages.text("tune.why.title"), Icons.icon("help-circle", 16, "warning-icon"));
        heading.getStyleClass().add("panel-title");
        heading.setMinWidth(0);
        return heading;
    }

    private void show(WhyViewModel.@Nullable Answer answer) {
        guide.setVisible(answer == null);
        scroll.setVisible(answer != null);
        if (answer == null) {
            return;
        }
        content.getChildren().setAll(head(answer));
        Label sentence = wrapped(answer.sentence(), "why-sentence");
        sentence.setId("why-sentence");
        content.getChildren().add(sentence);
        add(answer.about(), "caption", "why-about");
        add(answer.nearest(), "caption", "why-nearest");
        add(answer.share(), "caption", "why-share");
        if (!answer.content().isEmpty()) {
            Label note = wrapped(answer.content(), "secondary");
            note.setGraphic(Icons.icon("info", 12));
            note.setId("why-content");
            content.getChildren().add(note);
        }
        WhyViewModel.Remedy remedy = model.remedy();
        if (remedy != null) {
            content.getChildren().add(card(remedy));
        }
        int part = -1;
        for (Difference difference : answer.differences()) {
            if (difference.part() != part) {
                part = difference.part();
                Label name = new Label(Messages.text("tune.why.part", Formats.count(part + 1L)));
                name.getStyleClass().add("section-title");
                content.getChildren().add(name);
            }
            content.getChildren().add(card(difference));
        }
    }

    private VBox card(WhyViewModel.Remedy remedy) {
        Label title = wrapped(Messages.text("tune.why.remedy", remedy.name()), "section-title");
        Button apply = new Button(Messages.text("tune.why.remedy.apply"));
        apply.setId("why-apply");
        apply.getStyleClass().add("small");
        apply.setOnAction(event -> {
            model.apply(remedy);
            apply.setDisable(true);
        });
        VBox card = new VBox(title, wrapped(remedy.gain(), "strong"), wrapped(remedy.risk(), "caption"), apply);
        card.getStyleClass().addAll("card", "advice-card");
        return card;
    }

    private HBox head(WhyViewModel.Answer answer) {
        Button older = stepper("chevron-left", "tune.why.older", MissesViewModel.Way.OLDER);
        Button newer = stepper("chevron-right", "tune.why.newer", MissesViewModel.Way.NEWER);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Label badge = MissesView.badge(answer.miss());
        badge.setMinWidth(Region.USE_PREF_SIZE);
        HBox head = new HBox(heading(), gap, badge, older, newer);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("why-head");
        head.setAccessibleText(answer.sentence());
        return head;
    }

    private Button stepper(String icon, String key, MissesViewModel.Way way) {
        Button button = new Button("", Icons.icon(icon, 14));
        button.getStyleClass().addAll("icon-button", "small");
        button.setAccessibleText(Messages.text(key));
        Tips.install(button, Messages.text(key));
        button.setOnAction(event -> misses.step(way));
        return button;
    }

    private void add(String text, String style, String id) {
        if (!text.isEmpty()) {
            Label label = wrapped(text, style);
            label.setId(id);
            content.getChildren().add(label);
        }
    }

    private static Label wrapped(String text, String style) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().add(style);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private static VBox card(Difference difference) {
        String change =
                Messages.text("tune.why.change." + difference.change().name().toLowerCase(Locale.ROOT));
        Label field = new Label(difference.field().isEmpty() ? Messages.text("tune.why.whole") : difference.field());
        field.getStyleClass().add("mono-strong");
        field.setMinWidth(0);
        Label word = new Label(change);
        word.getStyleClass().addAll("caption");
        word.setMinWidth(Region.USE_PREF_SIZE);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox head = new HBox(8, field, gap, word);
        head.setAlignment(Pos.CENTER_LEFT);
        VBox card = new VBox(head);
        card.getStyleClass().addAll("part-card", "why-card");
        if (!difference.text().isEmpty()) {
            card.getChildren().add(edits(difference));
        } else if (difference.earlier().isEmpty() && difference.now().isEmpty()) {
            card.getChildren().add(wrapped(Messages.text("tune.why.novalues"), "caption"));
        } else {
            value(card, "tune.why.earlier", difference.earlier(), "removed");
            value(card, "tune.why.now", difference.now(), "added");
        }
        card.setAccessibleText(
                field.getText() + " " + change + ": " + difference.earlier() + " \u2192 " + difference.now());
        card.setFocusTraversable(true);
        return card;
    }

    private static void value(VBox card, String key, String value, String style) {
        Label name = new Label(Messages.text(key));
        name.getStyleClass().add("caption");
        name.setMinWidth(52);
        Text text = new Text(value.isEmpty() ? Formats.UNKNOWN : value);
        text.getStyleClass().addAll("diff-text", value.isEmpty() ? "same" : style);
        TextFlow flow = new TextFlow(text);
        HBox.setHgrow(flow, Priority.ALWAYS);
        card.getChildren().add(new HBox(4, name, flow));
    }

    private static TextFlow edits(Difference difference) {
        TextFlow flow = new TextFlow();
        for (TextDiff.Edit edit : difference.text()) {
            Text text = new Text(edit.text());
            text.getStyleClass()
                    .addAll(
                            "diff-text",
                            switch (edit.kind()) {
                                case SAME -> "same";
                                case REMOVED -> "removed";
                                case ADDED -> "added";
                            });
            text.setStrikethrough(edit.kind() == TextDiff.Kind.REMOVED);
            text.setUnderline(edit.kind() == TextDiff.Kind.ADDED);
            flow.getChildren().add(text);
        }
        return flow;
    }
}
