"""A page a file: what was asked for, the use case, the template."""
