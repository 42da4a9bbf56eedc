"""What the tests write into a server and read back."""

import psycopg


def write_row(address: str, text: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS notes (text text)")
        connection.execute("INSERT INTO notes VALUES (%s)", [text])


def rows(address: str) -> list[str]:
    with psycopg.connect(address) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM notes ORDER BY text")]
