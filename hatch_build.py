"""Builds the page into the wheel. The editable install of a checkout leaves that to `make page`."""

import subprocess
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PageBuildHook(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What makes the OpenAPI document, from which the page's client is generated; Node stands in pyproject.toml."""
        return [] if self.target_name != "wheel" else list(self.metadata.core.dependencies)

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable" or self.target_name != "wheel":
            return
        subprocess.run([sys.executable, "-m", "entrypoints.web.build"], cwd=self.root, check=True)
        build_data["force_include"][f"{self.root}/entrypoints/web/dist"] = "entrypoints/web/dist"
