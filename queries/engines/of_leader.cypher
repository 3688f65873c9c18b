// Ids of the suppliers of a leader on the mainland on the day; lists by year at most two years old.
MATCH (:Enterprise {verdigraph: $graph, id: $id})<-[link:SUPPLIES {verdigraph: $graph}]-(supplier:Enterprise)
WHERE NOT supplier.abroad
  AND link.since <= $as_of AND $as_of < link.until AND coalesce(link.list_year, 9999) >= $as_of.year - 2
RETURN DISTINCT supplier.id AS id
