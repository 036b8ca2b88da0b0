package io.partflow.engine.content;

/// Questions about MIME types, which travel as plain strings because they are part of the cache key letter by letter.
///
/// All comparisons ignore the case of ASCII letters unless said otherwise. Source: genai-processors, `mime_types`.
public final class MimeType {
    public static final String TEXT_PLAIN = "text/plain";
    public static final String APPLICATION_JSON = "application/json";
    /// The type of a part that reports a failure; a content holding one is never cached.
    public static final String EXCEPTION = "text/x-exception";

    /// The type that a function call reports.
    public static final String FUNCTION_CALL =
            "application/x-protobuf; type=google.ai.generativelanguage.v1main.FunctionCall";

    /// The type that a function response reports.
    public static final String FUNCTION_RESPONSE =
            "application/x-protobuf; type=google.ai.generativelanguage.v1main.FunctionResponse";

    /// Frames per second assumed for audio whose type names no rate.
    public static final int DEFAULT_FRAME_RATE_HZ = 16_000;

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String TYPE_MARK = "; type=";

    private MimeType() {}

    /// The type of JSON text that holds an object of a class.
    static String ofClass(String className) {
        return APPLICATION_JSON + TYPE_MARK + className;
    }

    /// The type of a protobuf message in its binary form.
    static String ofMessage(String fullName) {
        return PROTOBUF + TYPE_MARK + fullName;
    }

    /// Whether the part is read as text: `text/*`, and all types that start with application/json.
    public static boolean isText(String mimeType) {
        return startsWith(mimeType, "text/") || isJson(mimeType);
    }

    public static boolean isJson(String mimeType) {
        return startsWith(mimeType, APPLICATION_JSON);
    }

    public static boolean isImage(String mimeType) {
        return startsWith(mimeType, "image/");
    }

    public static boolean isVideo(String mimeType) {
        return startsWith(mimeType, "video/");
    }

    public static boolean isAudio(String mimeType) {
        return startsWith(mimeType, "audio/");
    }

    /// Whether the type is raw 16-bit audio, which can be cut anywhere between samples.
    public static boolean isStreamingAudio(String mimeType) {
        return startsWith(mimeType, "audio/l16");
    }

    public static boolean isWav(String mimeType) {
        return equal(mimeType, "audio/wav");
    }

    public static boolean isHtml(String mimeType) {
        return startsWith(mimeType, "text/html");
    }

    public static boolean isPdf(String mimeType) {
        return equal(mimeType, "application/pdf");
    }

    public static boolean isCsv(String mimeType) {
        return equal(mimeType, "text/csv");
    }

    public static boolean isPython(String mimeType) {
        return equal(mimeType, "text/x-python") || equal(mimeType, "text/x-script.python");
    }

    public static boolean isSourceCode(String mimeType) {
        return equal(mimeType, "text/x-python")
                || equal(mimeType, "application/x-latex")
                || equal(mimeType, "text/x-c");
    }

    /// Whether the type is exactly text/x-exception; with parameters after it, it is not.
    public static boolean isException(String mimeType) {
        return equal(mimeType, EXCEPTION);
    }

    /// Whether the type is JSON that names the class it was made from.
    public static boolean isDataclass(String mimeType) {
        return isDataclass(mimeType, "");
    }

    /// Whether the type is JSON made from a class whose name starts with `className`, case included.
    public static boolean isDataclass(String mimeType, String className) {
        String start = APPLICATION_JSON + TYPE_MARK;
        return startsWith(mimeType, start) && mimeType.startsWith(className, start.length());
    }

    public static boolean isProtoMessage(String mimeType) {
        return startsWith(mimeType, PROTOBUF);
    }

    /// Whether the type is that of protocol buffer messages called `fullName`.
    public static boolean isProtoMessage(String mimeType, String fullName) {
        return equal(mimeType, PROTOBUF + TYPE_MARK + fullName);
    }

    /// Frames per second of an audio type, [#DEFAULT_FRAME_RATE_HZ] if it names none; 0 if it is not audio.
    public static int frameRateHz(String mimeType) {
        return frameRateHz(mimeType, DEFAULT_FRAME_RATE_HZ);
    }

    /// Frames per second: the digits after the first `rate=` (lower case), else `defaultHz`; 0 if it is not audio.
    public static int frameRateHz(String mimeType, int defaultHz) {
        if (!isAudio(mimeType)) {
            return 0;
        }
        int mark = mimeType.indexOf("rate=");
        if (mark < 0) {
            return defaultHz;
        }
        int from = mark + "rate=".length();
        int to = from;
        while (to < mimeType.length() && mimeType.charAt(to) >= '0' && mimeType.charAt(to) <= '9') {
            to++;
        }
        // nine digits always fit; a rate beyond that is not a rate
        return to == from || to - from > 9 ? defaultHz : Integer.parseInt(mimeType, from, to, 10);
    }

    private static boolean equal(String mimeType, String lowerCase) {
        return mimeType.length() == lowerCase.length() && startsWith(mimeType, lowerCase);
    }

    /// Folds ASCII letters only: [String#equalsIgnoreCase] would also take a dotted capital I for an i.
    private static boolean startsWith(String mimeType, String start) {
        if (mimeType.length() < start.length()) {
            return false;
        }
        for (int i = 0; i < start.length(); i++) {
            if (fold(mimeType.charAt(i)) != fold(start.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static char fold(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
