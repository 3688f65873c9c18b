"""What a Neo4j server needs to answer the questions: parameters, kinds of columns, and small statements for filters and notes."""
