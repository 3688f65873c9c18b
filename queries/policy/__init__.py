"""The policy as data: clauses and dated values, with where they come from."""
