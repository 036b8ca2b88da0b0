package io.partflow.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a view shows comes from keys and models: its FXML holds layout alone.
class FxmlHoldsNoSampleDataTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Set<String> WORDS = Set.of("text", "promptText", "accessibleText", "accessibleHelp", "title");
    private static final Pattern COLOUR = Pattern.compile(
            "#[0-9a-fA-F]{3,8}\\b|\\brgba?\\(|\\bhsla?\\(|\\b0x[0-9a-fA-F]{6}", Pattern.CASE_INSENSITIVE);
    private static final Pattern AMOUNT =
            Pattern.compile("\\d[\\d,.]*\\s*(%|ms|s|min|h|[KMG]i?B|bytes|USD|hits?|entries)\\b");

    static List<Path> views() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".fxml"))
                    .sorted()
                    .toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    @ParameterizedTest
    @MethodSource("views")
    void view_holdsKeysInsteadOfWords_andNoAmountsAndColours(Path view) throws Exception {
        try (InputStream in = Files.newInputStream(view)) {
            XMLStreamReader reader = XMLInputFactory.newFactory().createXMLStreamReader(in);
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> element(reader);
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                        assertThat(reader.getText())
                                .as("words in line %d", line(reader))
                                .isBlank();
                    default -> {
                        // Declarations and imports say nothing to a user.
                    }
                }
            }
        }
    }

    private static void element(XMLStreamReader reader) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String name = reader.getAttributeLocalName(i);
            String value = reader.getAttributeValue(i);
            String where = reader.getLocalName() + "." + name + " in line " + line(reader);
            if (WORDS.contains(name)) {
                assertThat(value).as(where).startsWith("%");
            }
            assertThat(name).as(where).isNotEqualTo("style");
            assertThat(COLOUR.matcher(value).find())
                    .as("a colour in %s: %s", where, value)
                    .isFalse();
            assertThat(AMOUNT.matcher(value).find())
                    .as("an amount in %s: %s", where, value)
                    .isFalse();
        }
    }

    private static int line(XMLStreamReader reader) {
        return reader.getLocation().getLineNumber();
    }
}
