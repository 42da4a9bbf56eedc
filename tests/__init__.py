"""Proof that Calendra does what it promises."""
