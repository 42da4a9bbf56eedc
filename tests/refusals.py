"""Every class of error that the domain defines, wherever it stands."""

import importlib
import pkgutil
from collections.abc import Iterator

import domain
from domain.errors import CalendraError


def all_errors() -> set[type[CalendraError]]:
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(module.name)
    return {kind for kind in _tree(CalendraError) if kind.__module__.startswith("domain.")}


def concrete_errors() -> set[type[CalendraError]]:
    """Those with a code of their own."""
    return {kind for kind in all_errors() if "code" in vars(kind)}


def _tree(kind: type[CalendraError]) -> Iterator[type[CalendraError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _tree(below)
