// Names of all units of a kind, in the order of the tables: to find what a name that nobody has may have meant.
MATCH (unit:Enterprise|Park|Agency {verdigraph: $graph})
WHERE $kind IN labels(unit)
RETURN unit.name AS name
ORDER BY unit.row
