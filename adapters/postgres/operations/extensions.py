"""The PostgreSQL extensions that a migration needs."""

from alembic import op
from psycopg.errors import FeatureNotSupported, InsufficientPrivilege, UndefinedFile
from sqlalchemy.exc import DBAPIError


class ExtensionMissing(Exception):
    """The message says what is wrong and what an administrator of the server must do."""


def create_extension(name: str) -> None:
    """Creates the extension unless it exists. Raises ExtensionMissing."""
    try:
        op.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
    except DBAPIError as error:
        if isinstance(error.orig, InsufficientPrivilege):
            raise ExtensionMissing(
                f"The role of CALENDRA_DATABASE_URL may not create the extension {name}. Have an administrator of the "
                f"server run `CREATE EXTENSION {name}` in this database, then migrate again. Nothing was changed."
            ) from error
        if isinstance(error.orig, UndefinedFile | FeatureNotSupported):
            raise ExtensionMissing(
                f"This server does not offer the extension {name}. Install PostgreSQL's contrib modules there "
                "(postgresql-contrib), then migrate again. Nothing was changed."
            ) from error
        raise
