"""Two issues of the packs -> which findings, numbers and rules changed between them, and why, in words."""
