"""The imports that each ring allows. The contracts in pyproject.toml check the rest."""

import sys

from tests.unit.architecture.imports import OURS, files, imported_modules, strangers

_STANDARD = sys.stdlib_module_names


def test_domain_imports_the_standard_library_only() -> None:
    assert strangers("domain", _STANDARD | {"domain"}) == []


def test_application_imports_the_domain_and_the_standard_library_only() -> None:
    assert strangers("application", _STANDARD | {"domain", "application"}) == []


def test_the_sandbox_imports_nothing_of_ours() -> None:
    ours = [
        f"{file.name} imports {module}"
        for file in files("demo/sandbox")
        for module in imported_modules(file.read_text())
        if module.split(".")[0] in OURS and not f"{module}.".startswith("demo.sandbox.")
    ]
    assert ours == []


def test_imports_are_seen_wherever_they_stand() -> None:
    source = "import a.b, c\nfrom d.e import f\nfrom . import g\ndef h():\n    import i\n"
    assert set(imported_modules(source)) == {"a.b", "c", "d.e", ".", "i"}
