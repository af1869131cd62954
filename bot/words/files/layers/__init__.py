"""Layers of words: one's own over the shipped ones, and what journeys had before below both."""
