"""Side-by-side benchmarks: what the guarantees cost, measured against the plain way in the same run."""
