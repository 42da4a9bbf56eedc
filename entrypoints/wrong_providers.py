"""Which settings of the registered providers are wrong or weak. Their fields are checked by name."""

from collections.abc import Iterator, Mapping

from entrypoints.addresses import must_be_safe
from entrypoints.registered_providers import ProviderSettings
from entrypoints.variables import variable_name
from entrypoints.weak_secrets import weak

Settings = Mapping[str, ProviderSettings]  # by prefix


def wrong_providers(providers: Settings, reconcile_lease: float) -> Iterator[str]:
    """One readable line for each wrong setting."""
    for prefix, own in providers.items():
        yield from _wrong_addresses(prefix, own)
        if not own.client_id:
            continue
        needs = f"needed with {variable_name('client_id', prefix)}"
        yield from (f"{variable_name(field, prefix)} is {needs}." for field in own.missing())
        if reconcile_lease < 2 * own.total_seconds:
            longest = variable_name("total_seconds", prefix)
            yield f"CALENDRA_RECONCILE_LEASE must be at least twice {longest}."


def weak_provider_secrets(providers: Settings) -> Iterator[str]:
    """One readable line for each secret that is published or easily guessed."""
    for prefix, own in providers.items():
        for field in _fields_named(own, "secret", "secrets") if own.client_id else ():
            parts = [part.strip() for part in str(getattr(own, field)).split(",")]
            yield from weak(variable_name(field, prefix), filter(None, parts), "Take the one of your app there.")


def _wrong_addresses(prefix: str, own: ProviderSettings) -> Iterator[str]:
    """Tokens, codes and people travel to them."""
    for field in _fields_named(own, "address"):
        try:
            must_be_safe(str(getattr(own, field)))
        except ValueError as error:
            yield f"{variable_name(field, prefix)} is wrong ({error}). Use an https address, or remove the variable."


def _fields_named(own: ProviderSettings, *last_words: str) -> list[str]:
    return [field for field in own.__struct_fields__ if field.rpartition("_")[2] in last_words]
