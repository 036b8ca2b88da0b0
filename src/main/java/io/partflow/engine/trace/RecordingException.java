package io.partflow.engine.trace;

import io.partflow.engine.processor.Failure;
import java.nio.file.Path;

/// Says that a file is no recording, or that a line of it cannot be used, which one, and what to do.
public final class RecordingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String file;
    private final long line;
    private final String remedy;

    RecordingException(String code, Path file, long line, String reason, String remedy) {
        super(file.getFileName() + (line > 0 ? " line " + line : "") + ": " + reason);
        this.code = code;
        this.file = file.toString();
        this.line = line;
        this.remedy = remedy;
    }

    /// The line, from 1; 0 when the file as a whole is meant.
    public long line() {
        return line;
    }

    /// What the user can do, one sentence.
    public String remedy() {
        return remedy;
    }

    /// The same as a failure of a node.
    public Failure failure() {
        return new Failure(code, getMessage() + ".", remedy, file);
    }
}
