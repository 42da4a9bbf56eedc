"""What of the page needs no browser: times, forms, merging, sentences. The tests stand beside the sources."""

from entrypoints.web.build import run_tests


def test_the_pages_own_tests_pass() -> None:
    run_tests()
