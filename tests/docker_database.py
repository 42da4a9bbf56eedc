"""PostgreSQL in a container, for machines whose Docker answers."""

import gc
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import docker
from docker.errors import DockerException

IMAGE = "postgres:18-alpine"


@cache
def docker_answers() -> bool:
    with warnings.catch_warnings():
        # Docker's client forgets to close a socket on which nobody answered.
        warnings.simplefilter("ignore", ResourceWarning)
        answers = _ping()
        gc.collect()
    return answers


def _ping() -> bool:
    try:
        client = docker.from_env(timeout=2)
    except (DockerException, OSError):
        return False
    try:
        return bool(client.ping())
    except (DockerException, OSError):
        return False
    finally:
        client.close()


@contextmanager
def container() -> Iterator[str]:
    from testcontainers.community.postgres import PostgresContainer  # half a second, only where it is used

    settings = "postgres -c fsync=off -c synchronous_commit=off -c max_connections=200"
    with PostgresContainer(IMAGE, driver=None).with_command(settings) as postgres:
        yield postgres.get_connection_url()
