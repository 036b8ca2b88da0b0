package io.partflow.engine.builtin.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Writes answers that read like a help desk's, around the words of a question. Knows nothing: the
/// sentences are drawn, not thought. Immutable, thread-safe.
///
/// @param style the manner of writing
record AnswerGrammar(Style style) {
    /// A manner of writing.
    enum Style {
        PLAIN,
        FRIENDLY,
        FORMAL
    }

    private static final Set<String> LITTLE_WORDS = Set.of(
            ("a about above after again all also always am an and any are as at back be because been before being"
                + " below best between both but by can cannot come could did do does doing done down each ever every"
                + " few find for from further get give go had has have having he her here hers him his how i if in"
                + " into is it its just keep know last let like made make many may me might more most much must my"
                + " need never new no nor not now of off on once one only or other our out over own please same see"
                + " set she should show so some still such take tell than that the their them then there these they"
                + " this those through to too two under until up us use used very want was way we were what when where"
                + " which while who whom whose why will with without would yes yet you your")
                    .split(" "));

    private static final List<String> PLAIN_OPENINGS = List.of(
            "The %s is handled in two steps.",
            "Start with the settings page: the %s has a section of its own there.",
            "There are two ways to deal with the %s.",
            "The short answer: the %s depends on your plan.",
            "Most questions about the %s come down to one setting.",
            "This is a known point about the %s.");
    private static final List<String> FRIENDLY_OPENINGS = List.of(
            "Good question, the %s trips up many people.",
            "Happy to help with the %s.",
            "No worries, the %s is easier than it looks.",
            "Thanks for asking about the %s.");
    private static final List<String> FORMAL_OPENINGS = List.of(
            "With regard to the %s, please note the following.",
            "Your request concerning the %s has been considered.",
            "The rules for the %s are set out in the handbook.",
            "We confirm receipt of your question about the %s.");

    private static final List<String> STEPS = List.of(
            "First check that you are signed in with your work account.",
            "Open the overview, choose the entry you need and confirm with Save.",
            "The change takes effect within fifteen minutes, for everybody in the team.",
            "If the entry is greyed out, ask an administrator for the right to edit it.",
            "Keep the confirmation number, because the next step asks for it.",
            "On a phone the same menu is behind the three dots at the top.",
            "Anything older than ninety days has moved to the archive and stays readable there.",
            "You can undo this for thirty days without losing anything.",
            "The %s is shown again at the bottom of the page, with the date of the last change.",
            "If two entries for the %s appear, keep the newer one.",
            "The form accepts PDF, JPEG and PNG up to ten megabytes.",
            "A weekly report about the %s goes to the owner of the account.",
            "Requests that arrive before noon are answered on the same day.",
            "Nothing is charged until you have confirmed the summary.",
            "Restart the application once, so that it reads the new value.",
            "The limit counts per person, not per team.");

    private static final List<String> PLAIN_ENDINGS = List.of(
            "If that does not help, reopen this request and add a screenshot.",
            "The handbook has the details in chapter four.",
            "That is all there is to it.",
            "The status page says when it is done.");
    private static final List<String> FRIENDLY_ENDINGS = List.of(
            "Shout if anything looks odd.",
            "That should do the trick.",
            "Let us know how it goes.",
            "Have a good day!");
    private static final List<String> FORMAL_ENDINGS = List.of(
            "Please contact the service desk if the matter is not settled.",
            "We remain at your disposal for further questions.",
            "This answer refers to the rules in force today.");

    /// An answer of three to six sentences about a topic.
    ///
    /// @param topic what to call the subject, such as `travel expense policy`
    /// @param random decides everything: equal sequences give equal answers
    List<String> answer(String topic, RandomGenerator random) {
        List<String> sentences = new ArrayList<>();
        sentences.add(pick(openings(), random).formatted(topic));
        List<String> steps = new ArrayList<>(STEPS);
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String step = steps.remove(random.nextInt(steps.size()));
            sentences.add(step.formatted(topic));
        }
        sentences.add(pick(endings(), random));
        return sentences;
    }

    private List<String> openings() {
        return switch (style) {
            case PLAIN -> PLAIN_OPENINGS;
            case FRIENDLY -> FRIENDLY_OPENINGS;
            case FORMAL -> FORMAL_OPENINGS;
        };
    }

    private List<String> endings() {
        return switch (style) {
            case PLAIN -> PLAIN_ENDINGS;
            case FRIENDLY -> FRIENDLY_ENDINGS;
            case FORMAL -> FORMAL_ENDINGS;
        };
    }

    private static String pick(List<String> sentences, RandomGenerator random) {
        return sentences.get(random.nextInt(sentences.size()));
    }

    /// What a question is about: its longest run of words that mean something, the later of two equals, at
    /// most three words.
    ///
    /// @return in lower case; `matter` when there is none
    static String topic(String question) {
        List<String> best = List.of();
        List<String> run = new ArrayList<>();
        for (String word :
                question.substring(0, Math.min(question.length(), 2_000)).split("[^\\p{L}\\p{N}'’-]+", -1)) {
            String lower = word.toLowerCase(Locale.ROOT);
            if (lower.length() < 2 || LITTLE_WORDS.contains(lower) || lower.contains("'") || lower.contains("’")) {
                run = new ArrayList<>();
                continue;
            }
            run.add(lower);
            if (run.size() > 3) {
                run = new ArrayList<>(run.subList(1, 4));
            }
            if (run.size() >= best.size()) {
                best = List.copyOf(run);
            }
        }
        return best.isEmpty() ? "matter" : String.join(" ", best);
    }
}
