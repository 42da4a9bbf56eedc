"""The Zoom sandbox: simulates Zoom over real HTTP, for demos and tests. It is not the real Zoom."""
