"""One use case a file: what happens when somebody says, presses or is due something."""
