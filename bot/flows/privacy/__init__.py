"""Export, erasure, retention."""
