"""`calendra serve` under a low limit of file descriptors."""

import resource

from entrypoints.cli import main

LIMIT = 200

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (LIMIT, LIMIT))
    main(["serve"])
