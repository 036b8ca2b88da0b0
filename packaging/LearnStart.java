import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.css.Stylesheet;

/// Makes the start of the workbench by `mvn` as quick as that of the packaged one: puts the classes into a jar, with
/// compiled style sheets, starts the workbench once without a display and keeps what the JVM learnt beside the jar.
///
/// Only the jar is needed; without the rest the workbench starts more slowly. So the status is 0 without a cache too.
///
/// usage: LearnStart CLASSES FOLDER PROJECT CLASS_PATH, started with the module path of the workbench
public final class LearnStart {
    private static final int MOST_SECONDS = 60;

    private LearnStart() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path classes = Path.of(args[0]);
        Path folder = Path.of(args[1]);
        Path project = Path.of(args[2]);
        Path jar = folder.resolve("partflow.jar");
        Path cache = folder.resolve("partflow.aot");
        Path start = folder.resolve("start.args");
        Files.createDirectories(folder);
        // A workbench that is open keeps what it has open: new files take the names, old ones are not written over.
        Files.deleteIfExists(cache);
        Files.deleteIfExists(jar);
        writeJar(classes, jar);
        writeClassPath(classes, jar, start, args[3]);
        try {
            learn(folder, project, start, cache);
        } catch (IOException e) {
            System.out.println("No ahead-of-time cache: " + e);
        }
        Files.writeString(folder.resolve("learnt"), "");
    }

    /// The class path as an argument file of `java`: the jar takes the place of the folder with the
    /// classes, because the JVM keeps nothing for a class path with a folder in it.
    private static void writeClassPath(Path classes, Path jar, Path start, String given) throws IOException {
        String libraries = Stream.of(given.split(File.pathSeparator))
                .filter(each -> !Path.of(each).equals(classes) && !isOfModulePath(Path.of(each)))
                .map(each -> File.pathSeparator + each)
                .collect(Collectors.joining());
        Files.writeString(start, "-cp \"" + (jar + libraries).replace('\\', '/') + "\"\n");
    }

    private static boolean isOfModulePath(Path jar) {
        return jar.getFileName().toString().startsWith("javafx-");
    }

    private static void writeJar(Path classes, Path jar) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(classes)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        Path fresh = jar.resolveSibling("partflow.jar.new");
        Path compiled = jar.resolveSibling("compiled.bss");
        try (OutputStream out = Files.newOutputStream(fresh);
                JarOutputStream entries = new JarOutputStream(out)) {
            // nobody waits for a small file here
            entries.setLevel(0);
            for (Path file : files) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                entry(entries, name, file);
                if (name.endsWith(".css")) {
                    Stylesheet.convertToBinary(file.toFile(), compiled.toFile());
                    entry(entries, name.substring(0, name.length() - 4) + ".bss", compiled);
                }
            }
        }
        Files.deleteIfExists(compiled);
        Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void entry(JarOutputStream entries, String name, Path file) throws IOException {
        entries.putNextEntry(new JarEntry(name));
        Files.copy(file, entries);
        entries.closeEntry();
    }

    private static void learn(Path folder, Path project, Path start, Path cache)
            throws IOException, InterruptedException {
        Path arguments = project.resolve("src/main/dist/lib");
        Path home = Files.createTempDirectory("partflow-learn-");
        Path fresh = folder.resolve("partflow.aot.new");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + arguments.resolve("jvm.args"),
                "--module-path",
                System.getProperty("jdk.module.path"),
                "@" + arguments.resolve("javafx.args"),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:AOTCacheOutput=" + fresh,
                "-XX:TieredStopAtLevel=1",
                "-Xlog:aot=off,cds=off",
                "-Dglass.platform=Headless",
                "-Dprism.order=sw",
                "-Djava.awt.headless=true",
                "-Dpartflow.startup.trace=end",
                "-Dpartflow.home=" + project,
                "-Duser.home=" + home,
                "@" + start,
                "io.partflow.app.Launcher"));
        Path said = folder.resolve("learn.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("PARTFLOW_HOME", home.toString());
        Process workbench = builder.start();
        try {
            if (!workbench.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                workbench.descendants().forEach(ProcessHandle::destroyForcibly);
                workbench.destroyForcibly().waitFor();
            }
            if (Files.exists(fresh) && Files.size(fresh) > 0 && workbench.exitValue() == 0) {
                Files.move(fresh, cache, StandardCopyOption.REPLACE_EXISTING);
            } else {
                System.out.println("No ahead-of-time cache, the workbench starts more slowly; see " + said);
            }
        } finally {
            Files.deleteIfExists(fresh);
            delete(home);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(folder)) {
            all = new ArrayList<>(paths.toList());
        }
        for (Path path : all.reversed()) {
            Files.deleteIfExists(path);
        }
    }
}
