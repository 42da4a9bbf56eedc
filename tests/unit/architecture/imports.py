"""The imports of our files, read from their source without running it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
OURS = frozenset({"domain", "application", "adapters", "entrypoints", "demo", "tests"})


def files(folder: str, pattern: str = "*.py") -> list[Path]:
    found = sorted((ROOT / folder).rglob(pattern))
    assert found, f"nothing in {folder}/: this test would prove nothing"
    return found


def imported_modules(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def strangers(folder: str, allowed: frozenset[str]) -> list[str]:
    """Imports in the folder whose first name is not allowed."""
    return [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in files(folder)
        for module in imported_modules(file.read_text())
        if module.split(".")[0] not in allowed
    ]
