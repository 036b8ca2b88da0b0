import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javafx.css.Stylesheet;

/// Writes beside every style sheet below a folder its compiled form (`.bss`), which JavaFX prefers when it is there
/// and reads several times as fast.
///
/// usage: CompileStyles FOLDER
public final class CompileStyles {

    private CompileStyles() {}

    public static void main(String[] args) throws IOException {
        List<Path> sheets;
        try (Stream<Path> files = Files.walk(Path.of(args[0]))) {
            sheets = files.filter(file -> file.toString().endsWith(".css")).toList();
        }
        for (Path sheet : sheets) {
            String name = sheet.toString();
            Stylesheet.convertToBinary(sheet.toFile(), new File(name.substring(0, name.length() - 4) + ".bss"));
        }
        System.out.println(sheets.size() + " style sheets compiled");
    }
}
