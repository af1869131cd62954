"""The embedded default: one SQLite file."""

from bot.store.sqlite.file.open import ADDRESSES, file_of, open_store

__all__ = ["ADDRESSES", "file_of", "open_store"]
