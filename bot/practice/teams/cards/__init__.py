"""Adaptive Cards as the practice Teams reads them."""
