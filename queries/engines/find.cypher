// Which units an id, a credit code or a name means, the best first. $kind: Enterprise, Park or Agency.
OPTIONAL MATCH (enterprise:Enterprise {verdigraph: $graph}) WHERE $kind = 'Enterprise' AND enterprise.id IN [$text, $code]
OPTIONAL MATCH (park:Park {verdigraph: $graph}) WHERE $kind = 'Park' AND park.id IN [$text, $code]
OPTIONAL MATCH (agency:Agency {verdigraph: $graph}) WHERE $kind = 'Agency' AND agency.id IN [$text, $code]
WITH collect(enterprise) + collect(park) + collect(agency) AS by_id
WITH by_id + COLLECT {
  MATCH (name:Name {verdigraph: $graph, normal: $normal})-[:MEANS {verdigraph: $graph}]->(meant) WHERE $kind IN labels(meant) RETURN meant
} AS found
UNWIND range(0, size(found) - 1) AS place
WITH found[place] AS unit, place
RETURN
  unit.id AS id, unit.on_record_from <= $as_of AS on_record,
  unit.chain IS NOT NULL OR coalesce(unit.declared, false)
    OR EXISTS {
      (unit)-[:LISTED_AS {verdigraph: $graph}]->(listing:Listing {category: 'supply_chain'})
      WHERE listing.published_on <= $as_of AND (listing.removed_on IS NULL OR $as_of < listing.removed_on)
        AND NOT coalesce(listing.end_unknown, false)
    }
    OR EXISTS {
      (unit)-[:IN_POOL {verdigraph: $graph}]->(plan:Cultivation {category: 'supply_chain'})
      WHERE (plan.start IS NULL OR plan.start <= $as_of) AND (plan.end IS NULL OR $as_of < plan.end)
    } AS leads
ORDER BY unit.id <> $text, unit.id <> $code, place
LIMIT 1
