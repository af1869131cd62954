"""Eight short questions, before and after."""
