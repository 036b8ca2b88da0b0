package io.partflow.engine.content.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class LexRankTest {
    @Test
    void choice_isMadeOfTheTextsOwnSentencesInOrder() throws Exception {
        String chapter = Files.readString(Path.of("samples", "media", "text", "alice-chapter-1.txt"));
        List<String> sentences = Sentences.of(chapter, Locale.ROOT);

        List<String> chosen = LexRank.DEFAULT.choose(sentences, 5, Integer.MAX_VALUE);

        assertThat(chosen).hasSize(5).isSubsetOf(sentences);
        assertThat(chosen.stream().map(sentences::indexOf)).isSorted();
        assertThat(chosen).allMatch(sentence -> sentence.split(" ").length >= 4);
    }

    @Test
    void ranks_arePositiveAndSumToOne() throws Exception {
        List<String> sentences = List.of("a b c", "b c d", "x y z", "", "c d e f");
        SentenceVectors vectors = SentenceVectors.of(sentences, new int[] {0, 1, 2, 3, 4});

        double[] ranks = LexRank.DEFAULT.rank(vectors);

        double sum = 0;
        for (double rank : ranks) {
            assertThat(rank).isPositive();
            sum += rank;
        }
        assertThat(sum).isCloseTo(1, Assertions.offset(1e-6));
        assertThat(ranks[1]).isGreaterThan(ranks[2]);
    }

    @Test
    void interrupt_endsTheWork() {
        List<String> sentences = new ArrayList<>(Collections.nCopies(900, "the same words in every sentence"));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> LexRank.DEFAULT.choose(sentences, 2, 1_000)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void settings_outOfRange_areRefusedWithTheirValue() {
        assertThatThrownBy(() -> new LexRank(0.1, 1)).hasMessageContaining("damping is 1.0");
        assertThatThrownBy(() -> new LexRank(2, 0.5)).hasMessageContaining("threshold is 2.0");
    }
}
