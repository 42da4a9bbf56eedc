"""What the machine itself gives: the time, and slow hashes."""
