"""What people and the clock can make Calendra do: one use case, one file."""
