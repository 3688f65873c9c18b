"""The facts that articles need, gathered from a view for all subjects at once."""
