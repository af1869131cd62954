"""What is taught, to whom, when: pure values and functions, no I/O, no clock of their own."""
