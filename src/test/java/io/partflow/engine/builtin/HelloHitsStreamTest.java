package io.partflow.engine.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HelloHitsStreamTest {
    private static final Pattern TEXT = Pattern.compile("\"text\": \"([^\"]*)\"");

    private static List<String> questions() {
        return HelloHitsStream.lines().stream()
                .map(TEXT::matcher)
                .filter(matcher -> matcher.find())
                .map(matcher -> matcher.group(1))
                .toList();
    }

    @Test
    void shippedRecording_isWhatTheSeedGives() throws IOException {
        assertThat(Files.readAllLines(HelloHitsStream.FILE)).isEqualTo(HelloHitsStream.lines());
        assertThat(Files.readString(HelloHitsStream.FILE)).endsWith("}}\n");
    }

    @Test
    void unboundedCache_wouldAnswerAbout86OfAHundred() {
        List<String> questions = questions();
        Set<String> seen = new HashSet<>();

        long hits = questions.stream().filter(question -> !seen.add(question)).count();

        assertThat(questions).hasSize(400);
        assertThat(hits / 400.0).isBetween(0.84, 0.88);
    }

    @Test
    void frequencies_fallAsZipfSays() {
        assertThat(new HashSet<>(HelloHitsStream.DISTINCT)).hasSize(60);
        var counts = questions().stream().collect(Collectors.groupingBy(question -> question, Collectors.counting()));

        long first = counts.getOrDefault(HelloHitsStream.DISTINCT.get(0), 0L);
        long tenth = counts.getOrDefault(HelloHitsStream.DISTINCT.get(9), 0L);

        assertThat(first).isBetween(65L, 105L);
        assertThat(tenth).isBetween(3L, 15L);
    }
}
