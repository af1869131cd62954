"""The experiment: its answers, the plan, the planned day, the change, the habit."""
