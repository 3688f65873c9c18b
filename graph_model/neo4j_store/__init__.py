"""The same graph on a Neo4j server: pushed in batches, read back whole, and asked in Cypher.

settings -> connection -> model -> rows -> stamp -> push and pull. Only `connection` imports the driver.
"""
