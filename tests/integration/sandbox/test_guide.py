"""The guide names every setting, call and fault."""

from typing import get_args

import pytest

from demo.sandbox.app import create_sandbox
from demo.sandbox.config import SandboxConfig, demo_people
from demo.sandbox.faults import Kind, Operation
from demo.sandbox.run import ROOT

GUIDE = (ROOT / "docs" / "sandbox.md").read_text()


@pytest.mark.parametrize("name", [*SandboxConfig.__struct_fields__, *get_args(Kind), *get_args(Operation)])
def test_every_setting_and_fault_is_explained(name: str) -> None:
    assert f"`{name}`" in GUIDE


def test_every_control_call_is_explained() -> None:
    calls = {route.path.removeprefix("/_sandbox/") for route in create_sandbox().routes if "_sandbox" in route.path}
    assert "clock" in calls
    words = {word for call in calls for word in call.split("/") if not word.startswith("{")}
    assert sorted(word for word in words if word not in GUIDE) == []


def test_the_people_are_introduced() -> None:
    assert all(person.email in GUIDE for person in demo_people())
