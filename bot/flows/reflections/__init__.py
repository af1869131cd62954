"""The weekly look back, personal and of the cohort."""
