package io.partflow.engine.prompt;

import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.MimeType;
import io.partflow.engine.content.Part;

/// The parts by which a stream says when somebody speaks, as genai-processors writes them. Pure functions.
final class SpeechMarks {
    /// Where transcriptions of what is being said come.
    static final String TRANSCRIPTION = "input_transcription";

    private static final String START = "StartOfSpeech";
    private static final String END = "EndOfSpeech";
    private static final String FINAL = "is_final";

    private SpeechMarks() {}

    /// Whether somebody begins to speak.
    static boolean isStart(Part part) {
        return MimeType.isDataclass(part.mimeType(), START);
    }

    /// Whether somebody has stopped speaking.
    static boolean isEnd(Part part) {
        return MimeType.isDataclass(part.mimeType(), END);
    }

    /// Whether a transcription will not be replaced by a better one.
    static boolean isFinal(Part transcription) {
        return transcription.metadata(FINAL) instanceof JsonValue value && value.isTruthy();
    }
}
