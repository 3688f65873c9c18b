// Of how many units rows of a table (and category) may hold on the day that were left out because nobody can read them.
MATCH (unit)-[:MAY_BE_IN {verdigraph: $graph}]->(unread:UnreadRow {verdigraph: $graph, of: $of})
WHERE (unread.since IS NULL OR unread.since <= $as_of) AND (unread.until IS NULL OR $as_of < unread.until)
  AND ($category IS NULL OR unread.category = $category)
RETURN count(DISTINCT unit) AS units
