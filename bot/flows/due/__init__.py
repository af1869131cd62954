"""What falls due now: decided, sent on its way, or let go."""
