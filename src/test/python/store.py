"""Reads and writes a store of cache entries with Python's own sqlite3, as genai-processors does.

store.py read STORE TRUTH    TRUTH: JSON Lines {"key", "value_json" or null}; every key must answer so
store.py write STORE TRUTH   makes STORE with the reference's table and writes what it holds to TRUTH
"""

import datetime
import json
import sqlite3
import sys

SCHEMA = [
    'CREATE TABLE content_cache (\n\t"key" VARCHAR NOT NULL, \n\tvalue BLOB, \n\texpires_at DATETIME, \n\t'
    'PRIMARY KEY ("key")\n)',
    "CREATE INDEX ix_content_cache_expires_at ON content_cache (expires_at)",
]


def now():
    return datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)


def lookup(connection, key):
    """The stored parts under a key, or None: a row that is over is removed, as the reference does."""
    row = connection.execute("SELECT value, expires_at FROM content_cache WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    # It compares without asking whether there is an end: a row without one would fail here.
    end = datetime.datetime.strptime(row[1], "%Y-%m-%d %H:%M:%S.%f")
    if end < now():
        connection.execute("DELETE FROM content_cache WHERE key = ?", (key,))
        connection.commit()
        return None
    return json.loads(row[0].decode("utf-8"))


def read(store, truth):
    connection = sqlite3.connect(store)
    tables = [
        sql
        for (sql,) in connection.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'content_cache' AND sql IS NOT NULL"
        )
    ]
    assert tables == SCHEMA, tables
    checked = 0
    for line in open(truth, encoding="utf-8"):
        entry = json.loads(line)
        expected = None if entry["value_json"] is None else json.loads(entry["value_json"])
        found = lookup(connection, entry["key"])
        assert found == expected, (entry["key"], found, expected)
        checked += 1
    check = connection.execute("PRAGMA integrity_check").fetchone()[0]
    assert check == "ok", check
    connection.close()
    print(f"python {sys.version.split()[0]}, sqlite {sqlite3.sqlite_version}: {checked} keys answered as they should")


def write(store, truth):
    connection = sqlite3.connect(store)
    for sql in SCHEMA:
        connection.execute(sql)
    with open(truth, "w", encoding="utf-8") as out:
        for i in range(200):
            part = {"text": f"grün {i} 😀 \x7f \u2028"} if i % 3 else {"inline_data": {"mime_type": "image/png", "data": "AQL_"}}
            mime = "text/plain" if i % 3 else "image/png"
            value = [
                {"part": part, "role": "model", "substream_name": "", "mimetype": mime, "metadata": {"n": i, "f": 0.1}}
            ] * (i % 4)
            ends = now() + datetime.timedelta(hours=1 if i % 5 else -1)
            form = json.dumps(value)
            key = "ocr/" + f"{i:032x}"
            connection.execute(
                "INSERT INTO content_cache VALUES(?, ?, ?)",
                (key, form.encode("utf-8"), ends.strftime("%Y-%m-%d %H:%M:%S.%f")),
            )
            out.write(json.dumps({"key": key, "value_json": form if i % 5 else None}) + "\n")
    connection.commit()
    connection.close()


if __name__ == "__main__":
    {"read": read, "write": write}[sys.argv[1]](sys.argv[2], sys.argv[3])
