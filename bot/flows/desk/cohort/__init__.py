"""A team at the desk: its page, and the next post from which lines can be left out."""
