"""A `Pack` -> one district's briefing of two sheets, and its annex."""
