"""The coach's and the member's web pages, rendered here and whole without a script."""
