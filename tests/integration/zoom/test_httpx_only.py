"""The HTTP client is httpx 0.28: its successor would pass by everything that watches httpx in tests."""

import importlib.util
import subprocess
import sys
from importlib.metadata import distributions, version


def test_the_successor_is_not_installed() -> None:
    assert importlib.util.find_spec("httpx2") is None
    assert not [one.name for one in distributions() if one.name.lower().replace("_", "-") == "httpx2"]


def test_httpx_is_the_version_we_know() -> None:
    assert version("httpx").startswith("0.28.")


def test_the_adapter_loads_httpx_and_not_its_successor() -> None:
    program = (
        "import sys, adapters.zoom.provider, adapters.zoom.http; "
        "print('httpx' in sys.modules, any(name.split('.')[0] == 'httpx2' for name in sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["True", "False"]
