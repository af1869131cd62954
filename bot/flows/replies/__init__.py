"""Typed words: what they answer, storing, editing, deleting, sharing."""
