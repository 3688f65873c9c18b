"""From resolved rows to facts: rows with the same key become one fact, and facts become the tables of the graph."""
