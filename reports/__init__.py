"""The roof: how answers are shown, and the command line. A room of Verdigraph."""
