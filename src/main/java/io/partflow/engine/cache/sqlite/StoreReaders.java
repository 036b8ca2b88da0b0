package io.partflow.engine.cache.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A few connections that only read, lent one at a time. Thread-safe.
final class StoreReaders implements AutoCloseable {
    private static final int MOST = 8;
    private static final long MAPPED_BYTES = 1L << 30;

    /// Asks one connection something.
    @FunctionalInterface
    interface Question<T> {
        T ask(Reader reader) throws SQLException;
    }

    /// Asks one connection for something that may not be there.
    @FunctionalInterface
    interface Finding<T> {
        @Nullable
        T find(Reader reader) throws SQLException;
    }

    /// One connection with its prepared statements. Confined to whoever has borrowed it.
    static final class Reader implements AutoCloseable {
        private final Connection connection;
        private @Nullable PreparedStatement find;
        private @Nullable PreparedStatement bytes;
        private final Map<String, PreparedStatement> statements = new HashMap<>();
        private FactLayout findsIn = FactLayout.NONE;

        private Reader(Connection connection) throws SQLException {
            this.connection = connection;
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA mmap_size = " + MAPPED_BYTES);
            }
        }

        Connection connection() {
            return connection;
        }

        /// A statement that is made once and closed with the connection.
        PreparedStatement prepared(String sql) throws SQLException {
            PreparedStatement statement = statements.get(sql);
            if (statement == null) {
                statement = connection.prepareStatement(sql);
                statements.put(sql, statement);
            }
            return statement;
        }

        /// The row under a key, or null.
        @Nullable
        StoreRow find(String key, FactLayout layout) throws SQLException {
            PreparedStatement statement = find;
            if (statement == null || findsIn != layout) {
                if (statement != null) {
                    statement.close();
                }
                statement = connection.prepareStatement(
                        "SELECT " + StoreRow.columns(layout) + layout.tables() + " WHERE c.key = ?");
                find = statement;
                findsIn = layout;
            }
            statement.setString(1, key);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? StoreRow.of(rows, layout.hasFacts()) : null;
            }
        }

        /// The value under a key with its end, as stored, or null when there is none or it is over.
        byte @Nullable [] bytes(String key, long nowMillis) throws SQLException {
            PreparedStatement statement = bytes;
            if (statement == null) {
                statement = connection.prepareStatement("SELECT value, expires_at FROM content_cache WHERE key = ?");
                bytes = statement;
            }
            statement.setString(1, key);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && ExpiryText.millis(rows.getString(2)) > nowMillis ? rows.getBytes(1) : null;
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    private final StoreFile file;
    private final ConcurrentLinkedDeque<Reader> idle = new ConcurrentLinkedDeque<>();
    private final Semaphore rights =
            new Semaphore(Math.clamp(Runtime.getRuntime().availableProcessors(), 2, MOST));
    private volatile boolean closed;

    StoreReaders(StoreFile file) {
        this.file = file;
    }

    /// Asks with a connection of its own, waiting for one to come free.
    <T> @Nullable T find(Finding<T> finding) throws SQLException {
        // A right, not a connection, is waited for: one that has failed is not given back.
        rights.acquireUninterruptibly();
        try {
            return findNow(finding);
        } finally {
            rights.release();
        }
    }

    private <T> @Nullable T findNow(Finding<T> finding) throws SQLException {
        if (closed) {
            throw new SQLException("the store is closed");
        }
        Reader free = idle.pollFirst();
        Reader reader = free == null ? new Reader(file.connectToRead()) : free;
        boolean sound = false;
        try {
            T answer = finding.find(reader);
            sound = true;
            return answer;
        } finally {
            if (sound && !closed) {
                idle.addFirst(reader);
                if (closed) {
                    drain();
                }
            } else {
                reader.close();
            }
        }
    }

    private void drain() throws SQLException {
        for (Reader reader = idle.pollFirst(); reader != null; reader = idle.pollFirst()) {
            reader.close();
        }
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        drain();
    }
}
