"""The four questions after an experiment."""
