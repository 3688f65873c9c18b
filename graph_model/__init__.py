"""The ground: what exists, on which day, under which name. A room of Verdigraph."""
