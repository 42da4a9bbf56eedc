"""The imports that each ring allows. The contracts in pyproject.toml check the rest."""

import sys
import tomllib

from tests.unit.architecture.imports import OURS, ROOT, files, imported_modules, strangers

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


def test_every_package_is_in_the_contracts() -> None:
    """import-linter checks only the packages that its settings name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    packages = {file.relative_to(ROOT).parts[0] for file in ROOT.glob("*/*.py")} - {"tests"}
    rings = next(one for one in project["importlinter"]["contracts"] if "domain" in one.get("layers", ()))["layers"]
    assert set(project["importlinter"]["root_packages"]) == packages
    assert {name for layer in rings for name in layer.split(" | ")} == packages
    assert set(project["hatch"]["build"]["targets"]["wheel"]["packages"]) == packages
