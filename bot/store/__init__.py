"""What is remembered: one port, one package per engine."""
