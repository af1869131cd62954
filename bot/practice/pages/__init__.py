"""The page of the practice, whichever platform it plays."""
