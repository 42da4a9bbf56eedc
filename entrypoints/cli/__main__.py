"""`python -m entrypoints.cli`, where the console script is not installed."""

from entrypoints.cli import main

main()
