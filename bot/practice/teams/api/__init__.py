"""The addresses of the practice Teams that the bot calls."""
