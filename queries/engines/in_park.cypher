// Ids of the tenants of a park on the day.
MATCH (:Park {verdigraph: $graph, id: $id})<-[stay:TENANT_OF {verdigraph: $graph}]-(tenant:Enterprise)
WHERE (stay.start IS NULL OR stay.start <= $as_of) AND (stay.end IS NULL OR $as_of < stay.end)
RETURN DISTINCT tenant.id AS id
