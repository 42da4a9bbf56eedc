"""Looks for values in everything that a database keeps: a dump of it, and its files as they lie on the disk."""

import base64
import json
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

import psycopg

from tests.integration.data.dumps import libpq_environment
from tests.real_processes import ROOT

Values = Mapping[str, str | bytes]  # by a name for the report

_GUIDE = ROOT / "docs" / "production.md"
_FILES = """
    SELECT 'base/' || d.oid || '/' || f FROM pg_database d, pg_ls_dir('base/' || d.oid) f
    WHERE d.datname = current_database()
"""


def dumped(address: str) -> bytes:
    known = libpq_environment(address)
    return subprocess.run(["pg_dump", "--inserts"], env=known, capture_output=True, check=True).stdout


def may_read_files(address: str) -> bool:
    with psycopg.connect(address) as connection:
        found = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    return found == (True,)


def written_anew(address: str) -> None:
    """As the guide for operators describes it."""
    advised = re.search(r"```sql\n( *VACUUM \(FULL.*?)```", _GUIDE.read_text(), re.DOTALL)
    assert advised
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in filter(str.strip, advised[1].split(";")):
            connection.execute(statement.encode())


def files(address: str) -> Iterator[bytes]:
    """Of this database alone, as they are on the disk after a checkpoint."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        names = [str(row[0]) for row in connection.execute(_FILES).fetchall()]
        with connection.cursor(binary=True) as cursor:
            for name in names:
                row = cursor.execute("SELECT pg_read_binary_file(%s, true)", [name]).fetchone()
                yield bytes(row[0]) if row and row[0] else b""


def found(values: Values, places: Iterable[bytes]) -> tuple[list[str], int]:
    """The values that occur there in any form, and the number of bytes searched."""
    forms = {name: list(_forms(value)) for name, value in values.items()}
    seen, searched = set[str](), 0
    for place in places:
        searched += len(place)
        lower = place.lower()
        for name, written in forms.items():
            if any(form in place or form.lower() in lower for form in written):
                seen.add(name)
    return sorted(seen), searched


def _forms(value: str | bytes) -> Iterator[bytes]:
    """Plain, escaped for JSON and for addresses, hex, and base64 wherever in a longer text it may begin."""
    plain = value if isinstance(value, bytes) else value.encode()
    yield plain
    yield plain.hex().encode()
    if isinstance(value, str):
        yield json.dumps(value)[1:-1].encode()
        yield json.dumps(value)[1:-1].replace("/", "\\/").encode()
        yield quote(value, safe="").encode()
    for before in range(3):
        cut = base64.b64encode(bytes(before) + plain)[(0, 2, 3)[before] :].rstrip(b"=")[:-1]
        yield cut
        yield cut.replace(b"+", b"-").replace(b"/", b"_")
