"""The entry points of Calendra and the composition root."""
