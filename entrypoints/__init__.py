"""The ways into Calendra, and the place where it is put together."""
