"""Names that must not appear: vendors in the core, and module names without a meaning."""

import pytest

from tests.unit.architecture.imports import OURS, ROOT, files

_SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc", "core", "service", "types"}


@pytest.mark.parametrize("folder", ["domain", "application"])
def test_no_provider_is_named_in_the_core(folder: str) -> None:
    named = [str(file.relative_to(ROOT)) for file in files(folder) if "zoom" in file.read_text().lower()]
    named += [str(file.relative_to(ROOT)) for file in files(folder) if "zoom" in file.name.lower()]
    assert named == []


@pytest.mark.parametrize("folder", sorted(OURS))
def test_module_names_say_what_is_inside(folder: str) -> None:
    paths = [file.relative_to(ROOT) for file in files(folder)]
    assert [str(path) for path in paths if {part.removesuffix(".py") for part in path.parts} & _SAYS_NOTHING] == []


@pytest.mark.parametrize("folder", ["domain", "application", "adapters", "entrypoints", "demo"])
def test_every_module_says_why_it_exists(folder: str) -> None:
    silent = [
        str(file.relative_to(ROOT))
        for file in files(folder)
        if file.read_text().strip() and not file.read_text().lstrip().startswith('"""')
    ]
    assert silent == []
