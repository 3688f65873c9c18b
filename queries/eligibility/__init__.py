"""The law applied: facts of units gathered from a view, decided by the rules of a day."""
