package io.partflow.engine.builtin;

import io.partflow.engine.content.Part;
import io.partflow.engine.content.WireForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// Makes the sample recording `samples/streams/hello-hits.parts.jsonl`: 400 questions over a minute, 60
/// different ones, of which the n-th most frequent comes with weight 1/n (Zipf's law). The same seed gives
/// the same file, byte for byte.
///
/// Run [#main] in the project's folder to write it anew.
public final class HelloHitsStream {
    static final Path FILE = Path.of("samples", "streams", "hello-hits.parts.jsonl");
    static final int QUESTIONS = 400;
    static final long SEED = 5;

    private static final double MILLIS = 60_000;

    /// Most frequent first.
    static final List<String> DISTINCT = List.of(
            "How do I reset my password?",
            "How much annual leave do I have left this year?",
            "Where can I find the travel expense policy?",
            "Why is the VPN so slow today?",
            "How do I add a second screen to my laptop?",
            "Who approves a purchase over 500 euros?",
            "Can I get the invoice for order 88-1042 again?",
            "How do I book a meeting room with a camera?",
            "What is the guest Wi-Fi password?",
            "My charger stopped working after two days, what now?",
            "How long does a refund take?",
            "Can I change the delivery address of an order?",
            "How do I share a folder with somebody outside the company?",
            "Which browser versions do we support?",
            "How do I turn on two-factor authentication?",
            "Where do I hand in a sick note?",
            "Why does the printer on floor 3 print blank pages?",
            "How do I export my contacts to a CSV file?",
            "What are the opening hours over the holidays?",
            "Is there a student discount?",
            "How do I cancel my subscription?",
            "Which form do I need for parental leave?",
            "The app crashes when I attach a photo. Is that known?",
            "How do I restore a deleted file?",
            "Can I work from abroad for two weeks?",
            "What is the maximum size of an attachment?",
            "How do I unsubscribe from the newsletter?",
            "Who is on call this weekend?",
            "How can I see who changed a document?",
            "Does the warranty cover water damage?",
            "How do I move my licence to a new computer?",
            "Where is the emergency exit plan of building B?",
            "Why was my card charged twice?",
            "How do I set an out-of-office reply?",
            "Can two people edit the same spreadsheet at once?",
            "What does error 0x80070005 mean?",
            "How do I order business cards?",
            "Which spare parts fit the model from 2019?",
            "How do I get access to the sales dashboard?",
            "Can I pay by bank transfer instead of card?",
            "How do I merge two customer records?",
            "What is the deadline for the quarterly report?",
            "How do I change the language of the application?",
            "Is my data stored inside the European Union?",
            "How do I report a phishing mail?",
            "Where can I park my bicycle?",
            "How do I connect the headset to my phone and laptop?",
            "What is included in the premium support plan?",
            "How do I rotate an API key without downtime?",
            "Can I return a product without its box?",
            "Which training do new colleagues have to take?",
            "How do I split an invoice between two cost centres?",
            "Why do I no longer get notifications on my phone?",
            "How do I archive a finished project?",
            "What is the difference between the basic and the team plan?",
            "How do I calibrate the colour of my screen?",
            "Can I download the chat history of last month?",
            "How do I plan a delivery for a Saturday?",
            "Who maintains the style guide for presentations?",
            "How many people fit into the Amsterdam meeting room?");

    private HelloHitsStream() {}

    /// The lines of the recording, header and end included.
    static List<String> lines() {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] moments = new double[QUESTIONS];
        for (int i = 0; i < QUESTIONS; i++) {
            moments[i] = Math.round(random.nextDouble() * MILLIS * 1000) / 1000.0;
        }
        Arrays.sort(moments);
        List<String> lines = new ArrayList<>();
        lines.add(
                "{\"format\":\"partflow-recording\",\"version\":1,\"created\":\"2026-11-22T07:00:00.000Z\",\"partflow\":\"0.1.0\","
                    + "\"pipeline\":\"hello-hits\",\"level\":\"inputs\",\"media\":\"hello-hits.media\",\"clock\":\"ms-since-run-start\"}");
        for (int i = 0; i < QUESTIONS; i++) {
            Part part = Part.text(DISTINCT.get(zipf(random)), "user");
            lines.add(String.format(
                    Locale.ROOT,
                    "{\"at_ms\":%s,\"seq\":%d,\"node\":\"ask\",\"port\":\"out\",\"part\":%s}",
                    java.math.BigDecimal.valueOf(moments[i])
                            .stripTrailingZeros()
                            .toPlainString(),
                    i + 1,
                    WireForm.toJson(part)));
        }
        lines.add("{\"at_ms\":60000,\"end\":{\"status\":\"completed\",\"parts\":" + QUESTIONS + "}}");
        return lines;
    }

    private static int zipf(SplittableRandom random) {
        double sum = 0;
        for (int rank = 1; rank <= DISTINCT.size(); rank++) {
            sum += 1.0 / rank;
        }
        double left = random.nextDouble() * sum;
        for (int rank = 1; rank < DISTINCT.size(); rank++) {
            left -= 1.0 / rank;
            if (left < 0) {
                return rank - 1;
            }
        }
        return DISTINCT.size() - 1;
    }

    public static void main(String[] arguments) throws IOException {
        Files.createDirectories(FILE.getParent());
        Files.writeString(FILE, String.join("\n", lines()) + "\n");
    }
}
