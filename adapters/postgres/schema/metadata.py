"""The metadata of all tables, and the naming of their constraints. Error translation relies on these names."""

from sqlalchemy import DateTime, MetaData, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA, JSONB

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(referred_table_name)s_fkey",
        "ck": "%(table_name)s_%(constraint_name)s_check",
    }
)

UUID_ = Uuid(as_uuid=True, native_uuid=True)
INSTANT = DateTime(timezone=True)
TEXT = Text()
KEY = Text(collation="C")  # compares character by character
BYTES = BYTEA()
JSON_TEXT = JSONB()  # travels as text; msgspec Structs write and read it
OPTIONAL_JSON = JSONB(none_as_null=True)
UUIDS = ARRAY(UUID_)
TEXTS = ARRAY(TEXT)
