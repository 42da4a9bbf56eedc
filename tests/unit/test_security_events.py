"""Each security event is documented, and each documented one exists."""

import re

from domain.security.event import EventKind
from tests.unit.architecture.imports import ROOT


def test_the_list_of_events_is_complete() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "security-log.md").read_text(), re.MULTILINE)
    assert listed == [kind.value for kind in EventKind]
