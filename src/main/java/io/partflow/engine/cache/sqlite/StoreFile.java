package io.partflow.engine.cache.sqlite;

import io.partflow.engine.cache.CacheStore.Unavailable;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.stream.StreamClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;

/// A store's file before anything is done to it: what it is, and connections to it. Immutable.
///
/// @param access how it can be used
/// @param shape what it holds
/// @param obstacle why it can only be read although writing was asked for, or null
record StoreFile(
        Path path,
        Access access,
        StoreSchema.Shape shape,
        int busyMillis,
        @Nullable Failure obstacle) {
    /// How a file is used.
    enum Access {
        WRITE,
        READ,
        /// Read as it lies there, without locks, because a lock file cannot be made beside it.
        READ_AS_IT_IS
    }

    private static final String LOG = "-wal";
    private static final String JOURNAL = "-journal";
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 100;
    private static final int PAGE_SIZE_AT = 16;
    private static final int JOURNAL_AT = 18;
    private static final int WITH_LOG = 2;
    private static final int CHANGES_AT = 24;
    private static final int PAGES_AT = 28;
    private static final int VALID_FOR_AT = 92;
    private static final int LARGEST_PAGE = 65_536;
    // A store up to this size is looked through whenever it is opened: a few hundredths of a second.
    private static final long ALWAYS_CHECKED_BYTES = 32L << 20;
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int STEPS_BETWEEN_LOOKS = 1_000;
    // Of the driver: open for reading, for reading and writing, creating, without a lock of its own.
    private static final int READ_FLAG = 0x1;
    private static final int WRITE_FLAG = 0x2;
    private static final int CREATE_FLAG = 0x4;
    private static final int URI_FLAG = 0x40;
    private static final int NO_MUTEX_FLAG = 0x8000;

    /// Looks at a file. Changes nothing, save that a file that is to be written and is not there is made.
    ///
    /// The file is looked through for damage, for two seconds at most, if it is small, if another program has made
    /// it, or if it was not closed; a large one of this program's own that was closed is opened at once.
    ///
    /// @param clock times the look
    /// @throws Unavailable when it is no store, or not readable
    static StoreFile inspect(Path path, SqliteStore.Access wanted, int busyMillis, StreamClock clock) {
        String name = path.toString();
        boolean there = Files.exists(path);
        if (!there && wanted == SqliteStore.Access.READ_ONLY) {
            throw new Unavailable(StoreFailures.missing(name));
        }
        Path folder = path.toAbsolutePath().getParent();
        if (!there) {
            if (folder == null || !Files.isDirectory(folder)) {
                throw new Unavailable(StoreFailures.noFolder(name));
            }
            if (!Files.isWritable(folder)) {
                throw new Unavailable(StoreFailures.noRightToMake(name));
            }
        }
        Failure obstacle = there ? checkHeader(path) : null;
        if (obstacle == null && there && wanted == SqliteStore.Access.READ_WRITE && !canLock(path, folder)) {
            obstacle = StoreFailures.readOnly(name);
        }
        boolean reading = obstacle != null || wanted == SqliteStore.Access.READ_ONLY;
        Access access = !reading ? Access.WRITE : canLock(path, folder) ? Access.READ : Access.READ_AS_IT_IS;
        StoreFile file = new StoreFile(path, access, StoreSchema.Shape.EMPTY, busyMillis, obstacle);
        try {
            boolean left = hasRecovery(path);
            StoreFile shaped = file.shaped();
            return there ? shaped.checked(left, clock) : shaped;
        } catch (IOException e) {
            throw notReadable(name, e);
        } catch (SQLException e) {
            if (there && StoreFailures.isFull(e)) {
                return file.onlyRead(e, reading ? obstacle : StoreFailures.full(name));
            }
            if (there && StoreFailures.isDamage(e) && !file.isBroken()) {
                return file.brokenFrom(e);
            }
            throw new Unavailable(
                    StoreFailures.isFull(e) ? StoreFailures.noRoomToMake(name) : StoreFailures.of(path, e), e);
        }
    }

    /// The same file with what it holds.
    private StoreFile shaped() throws SQLException {
        String name = path.toString();
        StoreSchema.Shape found;
        // The last connection that may write a log away does, and nothing should be written that was not looked at.
        try (Connection connection = connect(access == Access.WRITE && leavesLog() ? Access.READ : access)) {
            found = StoreSchema.shape(connection, isBroken());
        }
        return switch (found) {
            case FOREIGN -> throw new Unavailable(StoreFailures.wrongSchema(name));
            case NEWER ->
                new StoreFile(
                        path,
                        access == Access.WRITE ? Access.READ : access,
                        StoreSchema.Shape.OURS,
                        busyMillis,
                        obstacle == null ? StoreFailures.newer(name) : obstacle);
            case EMPTY, REFERENCE, FIRST, OURS -> new StoreFile(path, access, found, busyMillis, obstacle);
        };
    }

    /// The same file, only to be read because what says its shape is damaged.
    private StoreFile brokenFrom(SQLException cause) {
        Access how = access == Access.WRITE ? Access.READ : access;
        try {
            return new StoreFile(path, how, shape, busyMillis, StoreFailures.damaged(path.toString())).shaped();
        } catch (SQLException e) {
            cause.addSuppressed(e);
            throw new Unavailable(StoreFailures.of(path, cause), cause);
        }
    }

    private boolean leavesLog() {
        try {
            return Files.size(beside(path, LOG)) > 0 && Files.notExists(beside(path, JOURNAL));
        } catch (IOException notThere) {
            return false;
        }
    }

    /// The same file, only to be read if it is found to be damaged.
    ///
    /// @param left whether a journal lay beside it
    private StoreFile checked(boolean left, StreamClock clock) throws SQLException, IOException {
        if (obstacle != null || shape == StoreSchema.Shape.EMPTY || !isCheckDue(left)) {
            return this;
        }
        if (isSound(clock)) {
            return this;
        }
        Access how = access == Access.WRITE ? Access.READ : access;
        return new StoreFile(path, how, shape, busyMillis, StoreFailures.damaged(path.toString()));
    }

    private boolean isCheckDue(boolean left) throws IOException {
        if (left || shape != StoreSchema.Shape.OURS || Files.size(path) <= ALWAYS_CHECKED_BYTES) {
            return true;
        }
        byte[] header = header(path);
        return header.length < HEADER_BYTES || header[JOURNAL_AT] != WITH_LOG;
    }

    /// Whether no damage is found in the time there is.
    private boolean isSound(StreamClock clock) throws SQLException {
        long until = clock.nanos() + CHECK_NANOS;
        try (Connection connection = connect(access == Access.WRITE ? Access.READ : access);
                Statement statement = connection.createStatement()) {
            ProgressHandler.setHandler(connection, STEPS_BETWEEN_LOOKS, new ProgressHandler() {
                @Override
                protected int progress() {
                    return clock.nanos() - until > 0 ? 1 : 0;
                }
            });
            try (ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
                return !rows.next() || "ok".equals(rows.getString(1));
            }
        } catch (SQLException e) {
            if (StoreFailures.isDamage(e)) {
                return false;
            }
            if (StoreFailures.isInterrupted(e)) {
                return true;
            }
            throw e;
        }
    }

    /// Whether something in it is known to be broken.
    boolean isBroken() {
        return obstacle != null
                && (obstacle.code().equals(StoreFailures.TRUNCATED)
                        || obstacle.code().equals(StoreFailures.DAMAGED));
    }

    private static boolean canLock(Path path, @Nullable Path folder) {
        return Files.isWritable(path) && folder != null && Files.isWritable(folder);
    }

    /// Why a file must not be written, or null; refuses what is no database.
    private static @Nullable Failure checkHeader(Path path) {
        String name = path.toString();
        try {
            if (!Files.isRegularFile(path)) {
                throw new Unavailable(StoreFailures.notADatabase(name));
            }
            long size = Files.size(path);
            if (size == 0) {
                return null;
            }
            byte[] header = header(path);
            if (header.length < MAGIC.length || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
                throw new Unavailable(StoreFailures.notADatabase(name));
            }
            if (header.length < HEADER_BYTES) {
                throw new Unavailable(StoreFailures.truncated(name));
            }
            return isTruncated(ByteBuffer.wrap(header), size) && !hasRecovery(path)
                    ? StoreFailures.truncated(name)
                    : null;
        } catch (IOException e) {
            throw notReadable(name, e);
        }
    }

    private static Unavailable notReadable(String name, IOException cause) {
        return new Unavailable(
                new Failure(
                        "STORE_NOT_READABLE",
                        name + " cannot be read: " + cause.getMessage() + ".",
                        "Give yourself the right to read it, and check that its disk is there.",
                        name),
                cause);
    }

    private static byte[] header(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(HEADER_BYTES);
        }
    }

    private static boolean isTruncated(ByteBuffer header, long size) {
        int pageSize = Short.toUnsignedInt(header.getShort(PAGE_SIZE_AT));
        long bytes = Integer.toUnsignedLong(header.getInt(PAGES_AT)) * (pageSize == 1 ? LARGEST_PAGE : pageSize);
        return header.getInt(CHANGES_AT) == header.getInt(VALID_FOR_AT) && bytes > size;
    }

    /// Whether a journal lies beside it, from which what is missing will be completed.
    private static boolean hasRecovery(Path path) throws IOException {
        for (String ending : new String[] {LOG, JOURNAL}) {
            Path beside = beside(path, ending);
            if (Files.exists(beside) && Files.size(beside) > 0) {
                return true;
            }
        }
        return false;
    }

    private static Path beside(Path path, String ending) {
        return path.resolveSibling(path.getFileName() + ending);
    }

    /// The same file, only to be read because another program holds it.
    StoreFile heldByAnother() {
        return new StoreFile(path, Access.READ, shape, busyMillis, StoreFailures.lockedForWriting(path.toString()));
    }

    /// A connection with the access of this file; the caller closes it.
    Connection connect() throws SQLException {
        return connect(access);
    }

    /// A connection that only reads, whatever the access of this file.
    Connection connectToRead() throws SQLException {
        if (shape == StoreSchema.Shape.EMPTY && access != Access.WRITE) {
            // It has no tables that could be asked, and may not be given any.
            Connection nothing = DriverManager.getConnection("jdbc:sqlite::memory:");
            StoreSchema.complete(nothing, shape);
            return nothing;
        }
        return connect(access == Access.WRITE ? Access.READ : access);
    }

    /// The same file, of which what is there is read because its disk has no room, or may not be written: not even
    /// for the file by which readers of a journal agree, so that without a journal none is made.
    ///
    /// @param cause what writing it came to
    /// @param why why it is not written although writing was asked for, or null
    StoreFile onlyRead(SQLException cause, @Nullable Failure why) {
        try {
            Access how = hasRecovery(path) ? Access.READ : Access.READ_AS_IT_IS;
            return new StoreFile(path, how, shape, busyMillis, why).shaped();
        } catch (SQLException | IOException e) {
            cause.addSuppressed(e);
            throw new Unavailable(StoreFailures.of(path, cause), cause);
        }
    }

    private Connection connect(Access how) throws SQLException {
        Properties properties = new Properties();
        int flags = how == Access.WRITE ? WRITE_FLAG | CREATE_FLAG : READ_FLAG;
        properties.setProperty("open_mode", Integer.toString(flags | URI_FLAG | NO_MUTEX_FLAG));
        properties.setProperty("busy_timeout", Integer.toString(busyMillis));
        String location =
                path.toAbsolutePath().toUri().toASCIIString() + (how == Access.READ_AS_IT_IS ? "?immutable=1" : "");
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + location, properties);
        try (Statement statement = connection.createStatement()) {
            // The driver's own setting comes too late for a file that another program holds.
            statement.execute("PRAGMA busy_timeout = " + busyMillis);
            if (how != Access.WRITE && isBroken()) {
                // The library refuses a file that is shorter than it says, unless it is told to bear with it.
                statement.execute("PRAGMA writable_schema = ON");
            }
        }
        return connection;
    }
}
