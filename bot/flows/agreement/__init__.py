"""Whether coaches may read in a workspace: who agreed, the council, and the rules there."""
