"""Whether tests take their long form, as `make faults` asks of those it lists."""

import os

LONG = os.environ.get("PITSTOP_FAULTS") == "long"
