"""What of the page needs no browser: times, forms, merging, sentences. The tests stand beside the sources."""

import re

from domain.booking.booking import LONGEST_NOTES, LONGEST_TITLE
from domain.clients.client import LONGEST_NAME
from domain.clients.contact_note import LONGEST_NOTE
from entrypoints.web.build import WEB, run_tests


def test_the_pages_own_tests_pass() -> None:
    run_tests()


# Promises that never reject: the query library catches inside, and these functions of ours report failures themselves.
_RECONCILED = re.compile(
    r"queryClient\.(invalidateQueries|refetchQueries|prefetchQuery)|queries\.invalidateQueries|\w*\.?refetch\(|"
    r"fetchNextPage\(|ask\(\)|send\(typed, here\)|leave\.current\(\)|draft\.(forget|discard)\(|forget\(\)|"
    r"forgetDraft\(|depart\(|move\(|store\(|take\(|moving\.|save\(|\w+\.save\("
)


def test_no_promise_is_left_to_fail_in_silence() -> None:
    """`void` means that no code waits for the promise. A promise that can fail reports it itself, or has its catch on
    the same line or the next."""
    left = []
    for file in sorted(WEB.rglob("*.ts*")):
        if {"node_modules", "generated", "dist"} & set(file.relative_to(WEB).parts):
            continue
        lines = file.read_text().splitlines()
        for number, line in enumerate(lines):
            found = re.search(r"(?<!=> )(?<!: )\bvoid (?=[\w(])(.*)", line)
            if not found or re.search(r"\bvoid[;,)]?$", line) or "=> void;" in line:
                continue
            statement = " ".join(lines[number : number + 6]).split(";")[0]
            if ".catch(" not in statement and not _RECONCILED.match(found[1]):
                left.append(f"{file.relative_to(WEB)}:{number + 1}: {line.strip()}")
    assert not left, "\n".join(left)


def test_texts_may_be_as_long_as_the_service_takes_them() -> None:
    source = (WEB / "shell" / "longest.ts").read_text()
    written = {name: int(most.replace("_", "")) for name, most in re.findall(r"(\w+): ([\d_]+)", source)}
    assert written == {
        "title": LONGEST_TITLE,
        "notes": LONGEST_NOTES,
        "name": LONGEST_NAME,
        "phone": 50,
        "contact_note": LONGEST_NOTE,
    }


def test_no_text_is_cut_while_it_is_typed() -> None:
    """`maxLength` cuts a pasted text silently."""
    files = [one for one in WEB.rglob("*.tsx") if "node_modules" not in one.parts]
    assert [one.name for one in files if "maxLength" in one.read_text()] == []
