package io.partflow.engine.content.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.content.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class AlikePicturesTest {
    private static ImageSignature structure(long bits) {
        return new ImageSignature(bits, 0.5);
    }

    @Test
    void picture_belongsToTheNearestFirstSeenOne_theEarlierOfTwo() {
        AlikePictures pictures = new AlikePictures(4);
        ImageSignature zero = pictures.firstSeen(structure(0));
        ImageSignature far = pictures.firstSeen(structure(0xFFL));

        assertThat(pictures.firstSeen(structure(0x1L))).isSameAs(zero);
        assertThat(pictures.firstSeen(structure(0x7FL))).isSameAs(far);
        assertThat(pictures.firstSeen(structure(0xFL))).isSameAs(zero);
        assertThat(pictures.kinds()).isEqualTo(2);
    }

    @Test
    void slowChange_doesNotLeadFromOnePictureToAnother() {
        AlikePictures pictures = new AlikePictures(3);
        ImageSignature first = pictures.firstSeen(structure(0));
        for (int bits = 1; bits <= 3; bits++) {
            assertThat(pictures.firstSeen(structure((1L << bits) - 1))).isSameAs(first);
        }

        assertThat(pictures.firstSeen(structure(0xFL))).isNotSameAs(first);
    }

    @Test
    void blackAndWhite_areTwoThoughNeitherHasStructure() {
        AlikePictures pictures = new AlikePictures(10);

        assertThat(pictures.firstSeen(new ImageSignature(0, 0)))
                .isNotEqualTo(pictures.firstSeen(new ImageSignature(0, 1)));
    }

    @Test
    void kinds_areBounded_andTheOneNotAskedForLongestGoes() {
        AlikePictures pictures = new AlikePictures(0);
        for (int i = 0; i < AlikePictures.MOST_KINDS; i++) {
            pictures.firstSeen(structure(i));
        }
        ImageSignature kept = pictures.firstSeen(structure(0));

        pictures.firstSeen(structure(1L << 40));

        assertThat(pictures.kinds()).isEqualTo(AlikePictures.MOST_KINDS);
        assertThat(pictures.firstSeen(structure(0))).isSameAs(kept);
        ImageSignature again = structure(1);
        assertThat(pictures.firstSeen(again)).isSameAs(again);
    }

    @Test
    void whatIsNoImage_hasNoLikeness() {
        assertThat(new AlikePictures(6).firstSeen(Part.blob(new byte[] {1, 2}, "image/png")))
                .isNull();
        assertThatThrownBy(() -> new AlikePictures(65)).hasMessageContaining("65");
        assertThatThrownBy(() -> new AlikePictures(-1)).hasMessageContaining("-1");
    }

    @Test
    void manyThreads_agreeOnOneFirstPictureOfEachKind() throws Exception {
        Random random = new Random(11);
        List<ImageSignature> shown = new ArrayList<>();
        long[] kinds = {0, -1L, 0xFFFFFFFFL};
        for (int i = 0; i < 3_000; i++) {
            shown.add(structure(kinds[i % 3] ^ 1L << random.nextInt(64)));
        }
        Collections.shuffle(shown, random);
        AlikePictures pictures = new AlikePictures(6);
        Set<ImageSignature> firsts = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ImageSignature>> answers = new ArrayList<>();
            for (ImageSignature each : shown) {
                answers.add(threads.submit(() -> pictures.firstSeen(each)));
            }
            for (Future<ImageSignature> answer : answers) {
                firsts.add(answer.get());
            }
        }

        assertThat(firsts).hasSize(3);
    }
}
