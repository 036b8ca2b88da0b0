package io.partflow.engine.cache.sqlite;

import io.partflow.engine.processor.Failure;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What went wrong with a store, in words for its user, each kind kept once. Thread-safe.
final class StoreFailures {
    static final String TRUNCATED = "STORE_TRUNCATED";
    static final String DAMAGED = "STORE_DAMAGED";

    private static final int PERM = 3;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READ_ONLY = 8;
    private static final int INTERRUPTED = 9;
    private static final int IO = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANNOT_OPEN = 14;
    private static final int TOO_BIG = 18;
    private static final int NOT_A_DATABASE = 26;
    private static final int NO_ROOM_FOR_SHARED_MEMORY = IO | (19 << 8);
    private static final int PRIMARY = 0xff;

    private final Map<String, Failure> byCode = new LinkedHashMap<>();

    synchronized void tell(Failure failure) {
        byCode.putIfAbsent(failure.code(), failure);
    }

    synchronized List<Failure> list() {
        return new ArrayList<>(byCode.values());
    }

    /// Whether the file itself is broken, so that nothing should be written to it any more.
    static boolean isDamage(SQLException cause) {
        int code = cause.getErrorCode() & PRIMARY;
        return code == CORRUPT || code == NOT_A_DATABASE;
    }

    static boolean isFull(SQLException cause) {
        return (cause.getErrorCode() & PRIMARY) == FULL || cause.getErrorCode() == NO_ROOM_FOR_SHARED_MEMORY;
    }

    /// Whether the file may not be written, although the system had said that it may.
    static boolean isReadOnly(SQLException cause) {
        return (cause.getErrorCode() & PRIMARY) == READ_ONLY;
    }

    static boolean isLocked(SQLException cause) {
        int code = cause.getErrorCode() & PRIMARY;
        return code == BUSY || code == LOCKED;
    }

    /// Whether it was ended before it was done, at this program's own wish.
    static boolean isInterrupted(SQLException cause) {
        return (cause.getErrorCode() & PRIMARY) == INTERRUPTED;
    }

    /// Whether every other write would fail likewise.
    static boolean concernsAll(SQLException cause) {
        int code = cause.getErrorCode() & PRIMARY;
        return code != TOO_BIG && code != 0 && code != 1 && code != 19 && code != 20;
    }

    static Failure of(Path file, SQLException cause) {
        String name = file.toString();
        if (isFull(cause)) {
            return full(name);
        }
        return switch (cause.getErrorCode() & PRIMARY) {
            case BUSY, LOCKED ->
                new Failure(
                        "STORE_LOCKED",
                        "Another program holds " + name + " locked.",
                        "Wait until it has finished, or close it there; then run again.",
                        name);
            case READ_ONLY, PERM ->
                new Failure(
                        "STORE_READ_ONLY",
                        name + " may not be written, so that nothing new is kept in it.",
                        "Give yourself the right to write the file and its folder, or use a copy.",
                        name);
            case FULL -> full(name);
            case CORRUPT -> damaged(name);
            case NOT_A_DATABASE -> notADatabase(name);
            case CANNOT_OPEN ->
                new Failure(
                        "STORE_NOT_OPEN",
                        name + " cannot be opened.",
                        "Check that its folder is there and that you may read and write in it.",
                        name);
            case IO ->
                new Failure(
                        "STORE_NOT_READABLE",
                        "Reading or writing " + name + " failed: " + cause.getMessage() + ".",
                        "Check that its disk is there and sound.",
                        name);
            case TOO_BIG ->
                new Failure(
                        "STORE_VALUE_TOO_LARGE",
                        "An answer is larger than " + name + " can hold.",
                        "Keep large answers in memory, or set a byte limit.",
                        name);
            default ->
                new Failure(
                        "STORE_FAILED",
                        "The store " + name + " failed: " + cause.getMessage() + ".",
                        "Run again; if it stays, use another store and report the code.",
                        name);
        };
    }

    static Failure full(String name) {
        return new Failure(
                "STORE_DISK_FULL",
                "There is no room on the disk of " + name + "; new answers are not kept in it.",
                "Make room; what is in the store stays readable.",
                name);
    }

    /// As what is locked is told where it can be read all the same.
    static Failure lockedForWriting(String name) {
        return new Failure(
                "STORE_LOCKED",
                "Another program holds " + name + " locked; what is in it is read, and nothing new is kept meanwhile.",
                "Wait until it has finished, or close it there, to have new answers kept.",
                name);
    }

    static Failure damaged(String name) {
        return new Failure(
                DAMAGED,
                name + " is damaged; what can be read of it is used, and nothing is written.",
                "Save what is left with \"partflow cache export\", and start a new store.",
                name);
    }

    static Failure truncated(String name) {
        return new Failure(
                TRUNCATED,
                name + " ends too early; what can be read of it is used, and nothing is written.",
                "Copy it again from where it came, or save what is left with \"partflow cache export\".",
                name);
    }

    static Failure notADatabase(String name) {
        return new Failure(
                "STORE_NOT_A_DATABASE",
                name + " is not an SQLite database.",
                "Name a store, *.db, or a file that is not there yet; this one was left as it is.",
                name);
    }

    static Failure wrongSchema(String name) {
        return new Failure(
                "STORE_WRONG_SCHEMA",
                name + " is a database of something else: it has no table content_cache with key, value, expires_at.",
                "Name a store, *.db, or a file that is not there yet; this one was left as it is.",
                name);
    }

    static Failure newer(String name) {
        return new Failure(
                "STORE_NEWER",
                name + " was written by a later version; it is read, and nothing is written to it.",
                "Use the later version to write it.",
                name);
    }

    static Failure readOnly(String name) {
        return new Failure(
                "STORE_READ_ONLY",
                name + " may not be written, so that nothing new is kept in it.",
                "Give yourself the right to write the file and its folder, or use a copy.",
                name);
    }

    static Failure noRightToMake(String name) {
        return new Failure(
                "STORE_NOT_OPEN",
                name + " cannot be made: you may not write to its folder.",
                "Give yourself the right to write there, or name a file in another folder.",
                name);
    }

    static Failure noRoomToMake(String name) {
        return new Failure(
                "STORE_DISK_FULL",
                "There is no room on its disk to make the store " + name + ".",
                "Make room, or name a file on another disk.",
                name);
    }

    static Failure missing(String name) {
        return new Failure(
                "STORE_NOT_THERE",
                "There is no store " + name + ".",
                "Check the name and the folder you are in.",
                name);
    }

    static Failure noFolder(String name) {
        return new Failure(
                "STORE_NOT_OPEN",
                "There is no folder for " + name + ".",
                "Make the folder, or name another file.",
                name);
    }
}
