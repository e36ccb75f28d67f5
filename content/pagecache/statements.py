"""Which tables an SQL statement reads and writes: what a stored page depends on, and what makes it old.

A scanner, not a parser: it knows the places where PostgreSQL lets a table stand (FROM, JOIN, INTO, UPDATE, USING,
TRUNCATE, their lists with commas) and the names that are none (those of WITH, functions). What it does not
understand it says so, and the caller does the safe thing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

READING = frozenset({"SELECT", "WITH", "VALUES", "TABLE", "EXPLAIN", "DECLARE", "FETCH"})
WRITING = frozenset({"INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "WITH", "ALTER", "DROP", "SELECT"})
# Neither shows nor changes a row that somebody could see.
HARMLESS = frozenset(
    [
        "ANALYZE",
        "BEGIN",
        "CLOSE",
        "CLUSTER",
        "COMMENT",
        "COMMIT",
        "CREATE",
        "DISCARD",
        "END",
        "GRANT",
        "LISTEN",
        "LOCK",
        "NOTIFY",
        "REINDEX",
        "RELEASE",
        "RESET",
        "REVOKE",
        "ROLLBACK",
        "SAVEPOINT",
        "SET",
        "SHOW",
        "START",
        "UNLISTEN",
        "VACUUM",
    ]
)
# Functions of PostgreSQL that stand where a table may, and read none.
SETS = frozenset(
    [
        "generate_series",
        "generate_subscripts",
        "json_array_elements",
        "json_each",
        "jsonb_array_elements",
        "jsonb_each",
        "jsonb_array_elements_text",
        "jsonb_each_text",
        "jsonb_to_recordset",
        "regexp_matches",
        "regexp_split_to_table",
        "rows",
        "string_to_table",
        "unnest",
        "websearch_to_tsquery",
        "plainto_tsquery",
        "to_tsquery",
    ]
)

NOISE = re.compile(
    r"'(?:[^']|'')*'|\$(\w*)\$.*?\$\1\$|--[^\n]*|/\*.*?\*/", re.DOTALL
)  # strings and comments, in which words mean nothing
NO_LIST = re.compile(r"\bIS\s+(?:NOT\s+)?DISTINCT\s+FROM\b|\b(?:EXTRACT|TRIM)\s*\(\s*\w*\s*FROM\b", re.IGNORECASE)
NAMED = re.compile(
    r'(?:\bWITH(?:\s+RECURSIVE)?|,)\s*("?\w+"?)\s*(?:\([^()]*\))?\s*AS\s*(?:(?:NOT\s+)?MATERIALIZED\s*)?\(',
    re.IGNORECASE,
)
TOKEN = re.compile(r'"(?:[^"]|"")*"|[^\W\d][\w$]*|[(),.;=]|\S')
NAME = re.compile(r'"|[^\W\d]')
ENDS_LIST = frozenset(
    [
        "WHERE",
        "GROUP",
        "ORDER",
        "HAVING",
        "LIMIT",
        "OFFSET",
        "FETCH",
        "UNION",
        "EXCEPT",
        "INTERSECT",
        "RETURNING",
        "WINDOW",
        "SET",
        "VALUES",
        "SELECT",
        "FOR",
    ]
)


@dataclass(frozen=True, slots=True)
class Statement:
    """The tables of one statement, by their names in the database.

    `columns` are those that an UPDATE sets; None for every other write. `understood` is false when something else
    might be read or written, as behind a function of one's own.
    """

    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    columns: frozenset[str] | None = None
    understood: bool = True


def first_word(sql: str) -> str:
    return sql.lstrip(" \t\r\n(").split(None, 1)[0].upper().rstrip("(;") if sql.strip(" \t\r\n(") else ""


@lru_cache(maxsize=4096)
def read_statement(sql: str) -> Statement:
    """Cached by text: Django sends values apart, so that one query is one text."""
    text = NOISE.sub(" '' ", sql)
    verb = first_word(text)
    if verb in HARMLESS or not verb:
        return Statement()
    named = {bare(name) for name in NAMED.findall(text)} if "WITH" in text.upper() else set()
    reads, writes, strange = set[str](), set[str](), verb not in READING | WRITING
    for use, name in places(NO_LIST.sub(" ( ", text)):
        if use == "function":
            strange |= name.lower() not in SETS
        elif name not in named:
            (writes if use == "write" else reads).add(name)
    columns = set_columns(text) if verb == "UPDATE" and len(writes) == 1 else None
    return Statement(frozenset(reads), frozenset(writes), columns, understood=not strange)


def bare(name: str) -> str:
    """A name as the catalogue has it: unquoted ones are folded to lower case."""
    return name[1:-1].replace('""', '"') if name.startswith('"') else name.lower()


def places(text: str) -> Iterator[tuple[str, str]]:  # noqa: C901 - one step for each kind of word
    """("read" | "write" | "function", name) for each place where a table may stand."""
    pieces = TOKEN.findall(text)
    # For each open bracket: None outside a list of tables, else the use of the next item, or "" after one.
    lists: list[str | None] = [None]
    uses: list[str] = ["read"]
    at = 0
    while at < len(pieces):
        piece, word = pieces[at], pieces[at].upper()
        before = pieces[at - 1].upper() if at else ""
        if piece == "(":
            lists.append(None if before == "USING" else lists[-1] or None)
            uses.append("read")
        elif piece == ")":
            if len(lists) > 1:
                lists.pop()
                uses.pop()
            if lists[-1]:
                lists[-1] = ""
        elif piece == "," and lists[-1] is not None:
            lists[-1] = uses[-1]
        elif (use := opens(word, before)) is not None:
            lists[-1] = uses[-1] = use
        elif word in ENDS_LIST:
            lists[-1] = None
        elif lists[-1] and NAME.match(piece) and word not in ("ONLY", "LATERAL", "TABLE", "IF", "EXISTS"):
            at = end_of_name(pieces, at)
            called = pieces[at + 1 : at + 2] == ["("] and lists[-1] == "read"
            yield ("function" if called else lists[-1], bare(pieces[at]))
            lists[-1] = ""
            if uses[-1] == "write" and before != "TRUNCATE" and "TRUNCATE" not in pieces[:at]:
                lists[-1] = None  # INSERT INTO t (…), UPDATE t SET …: no list of tables follows
        at += 1


def end_of_name(pieces: list[str], at: int) -> int:
    """The place of "b" in `a.b`, which begins `at`."""
    while pieces[at + 1 : at + 2] == ["."] and at + 2 < len(pieces):
        at += 2
    return at


def opens(word: str, before: str) -> str | None:
    """What `word` says about the table after it: "read", "write", or None when no table follows."""
    if word == "FROM":
        return "write" if before == "DELETE" else "read"
    if word in ("JOIN", "USING"):
        return "read"
    if word in ("INTO", "TRUNCATE"):
        return "write"
    if word == "TABLE":
        return "read" if before in ("", "(") else "write"
    if word == "UPDATE":
        return None if before in ("FOR", "KEY", "DO", "ON") else "write"
    return None


def set_columns(text: str) -> frozenset[str] | None:
    """The columns of a plain `UPDATE … SET a = …, b = …`; None when in doubt."""
    pieces = TOKEN.findall(text)
    try:
        at = next(place for place, piece in enumerate(pieces) if piece.upper() == "SET") + 1
    except StopIteration:
        return None
    columns, depth, expected = set[str](), 0, True
    for place in range(at, len(pieces)):
        piece = pieces[place]
        if expected:
            if not NAME.match(piece) or place + 1 >= len(pieces) or pieces[place + 1] != "=":
                return None
            columns.add(bare(piece))
            expected = False
        elif piece == "(":
            depth += 1
        elif piece == ")":
            depth -= 1
        elif depth == 0 and piece == ",":
            expected = True
        elif depth == 0 and piece.upper() in ("WHERE", "FROM", "RETURNING"):
            break
    return frozenset(columns)
