"""Environment variables and the fields of Structs that they set."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple, TypeVar

import msgspec
from msgspec import Meta

Read = TypeVar("Read", bound=msgspec.Struct)


class Variable(NamedTuple):
    """An environment variable, and the field that it sets."""

    name: str
    field: msgspec.structs.FieldInfo

    @property
    def description(self) -> str:
        """In the Meta of the field."""
        metas = getattr(self.field.type, "__metadata__", ())
        return " ".join(meta.description for meta in metas if isinstance(meta, Meta) and meta.description)


def variable_name(field: str, prefix: str = "") -> str:
    return "_".join(part.upper() for part in ("calendra", prefix, field) if part)


def variables_of(struct: type[msgspec.Struct], prefix: str = "") -> list[Variable]:
    return [Variable(variable_name(field.name, prefix), field) for field in msgspec.structs.fields(struct)]


def read(struct: type[Read], environment: Mapping[str, str], prefix: str = "") -> Read:
    variables = variables_of(struct, prefix)
    given = {one.field.name: environment[one.name] for one in variables if one.name in environment}
    return msgspec.convert(given, struct, strict=False)


def wrong(known: Sequence[Variable], environment: Mapping[str, str]) -> Iterator[str]:
    """One readable line for each variable that is missing or has a wrong value."""
    for variable in known:
        if variable.name not in environment:
            if variable.field.required:
                yield f"{variable.name} is missing. Expected: {variable.description}"
            continue
        try:
            msgspec.convert(environment[variable.name], variable.field.type, strict=False)
        except msgspec.ValidationError as error:
            yield f"{variable.name} is wrong ({error}). Expected: {variable.description}"


def unknown(known: Sequence[Variable], environment: Mapping[str, str]) -> Iterator[str]:
    """Reports unknown CALENDRA_… variables: a misspelt setting would otherwise have no effect, silently."""
    names = [variable.name for variable in known]
    for name in sorted(name for name in environment if name.startswith("CALENDRA_") and name not in names):
        near = get_close_matches(name, names, 1)
        yield f"{name} is not a setting." + (f" Did you mean {near[0]}?" if near else " Remove it.")
