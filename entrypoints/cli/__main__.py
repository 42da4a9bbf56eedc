"""`python -m entrypoints.cli`, for use without the console script."""

from entrypoints.cli import main

main()
