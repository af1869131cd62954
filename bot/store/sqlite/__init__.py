"""The embedded default: one SQLite file."""

from bot.store.sqlite.open import open_store

__all__ = ["open_store"]
