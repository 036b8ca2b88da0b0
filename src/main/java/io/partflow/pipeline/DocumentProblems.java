package io.partflow.pipeline;

import java.util.ArrayList;
import java.util.List;

/// The problems found while one document is read. Confined to one thread.
final class DocumentProblems {
    // A hundred tell as much as a million would, and a broken generator can make a million.
    private static final int MOST = 100;

    private final String file;
    private final List<Problem> found = new ArrayList<>();
    private boolean lossy;

    DocumentProblems(String file) {
        this.file = file;
    }

    void wrongField(String path, String expected) {
        lossy(
                "WRONG_FIELD",
                "In " + file + ", " + path + " must be " + expected + ".",
                "Correct it in a text editor; until then it is left out and the file is not written over.");
    }

    /// Something of the document could not be taken over, so writing it back would lose it.
    void lossy(String code, String message, String remedy) {
        lossy = true;
        if (found.size() < MOST) {
            found.add(Problem.ofFile(code, Problem.Severity.ERROR, file, message, remedy));
        }
    }

    /// Something the user should know, without which nothing is lost.
    void warn(String code, String message, String remedy) {
        found.add(Problem.ofFile(code, Problem.Severity.WARNING, file, message, remedy));
    }

    boolean isLossy() {
        return lossy;
    }

    List<Problem> found() {
        return List.copyOf(found);
    }
}
