"""The stand-in for Zoom refuses what Zoom refuses."""
