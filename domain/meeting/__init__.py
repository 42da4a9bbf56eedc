"""What a provider holds for a booking, and how it is made to agree with what the booking wants."""
