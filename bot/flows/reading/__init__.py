"""Who may read: what members grant, the gate, and the council."""
