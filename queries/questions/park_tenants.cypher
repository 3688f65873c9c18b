// The tenants of one park, one a row: the facts of `park-tenants`. SPEC 6.1, clauses D-17c and D-18.
//
// In Neo4j Browser run these lines first, then paste the rest:
// :param graph => 'default'
// :param as_of => date('2025-06-30')
// :param park => 'park:虚构产业园区'
// :param tier => 2
// :param base => 'above_scale'
// park: the id of a park. tier and base as in park_share.cypher.

MATCH (park:Park {verdigraph: $graph, id: $park})<-[stay:TENANT_OF {verdigraph: $graph}]-(unit:Enterprise)
WHERE (stay.start IS NULL OR stay.start <= $as_of) AND (stay.end IS NULL OR $as_of < stay.end)
// A missing start always was, so it comes before every day.
WITH unit, count(*) > count(stay.start) AS always, min(stay.start) AS earliest,
  // Who may have left on a day that nobody can read is not known to be in the base.
  all(open IN collect(coalesce(stay.end_unknown, false)) WHERE open) AS unsure
CALL (unit) {
  OPTIONAL MATCH (unit)-[:LISTED_AS {verdigraph: $graph}]->(listing:Listing {category: 'factory'})
  WHERE listing.published_on <= $as_of AND (listing.removed_on IS NULL OR $as_of < listing.removed_on)
    AND NOT coalesce(listing.end_unknown, false)
  WITH listing ORDER BY listing.tier DESC, listing.published_on LIMIT 1
  RETURN coalesce(listing.tier, 0) AS highest, listing.published_on AS since
}
WITH *,
  CASE $base
    WHEN 'above_scale' THEN unit.above_scale
    WHEN 'manufacturer' THEN unit.manufacturer
    WHEN 'above_scale_manufacturer' THEN unit.above_scale AND unit.manufacturer
    ELSE true
  END AS member
RETURN
  unit.id AS unit_id, unit.name AS unit, unit.uscc AS uscc, unit.shown_city AS city,
  CASE
    WHEN unit.registered THEN 'registered'
    WHEN EXISTS { (unit)-[:LISTED_AS {verdigraph: $graph}]->(old:Listing) WHERE old.published_on <= $as_of } THEN 'listed'
    ELSE 'named'
  END AS identity,
  CASE
    WHEN highest >= $tier THEN true
    // Nobody can read whether this listing has ended.
    WHEN EXISTS {
      (unit)-[:LISTED_AS {verdigraph: $graph}]->(maybe:Listing {category: 'factory', end_unknown: true})
      WHERE maybe.published_on <= $as_of AND maybe.tier >= $tier
    } THEN null
    // A row that was left out because nobody can read its tier may be of any.
    WHEN EXISTS {
      (unit)-[:MAY_BE_IN {verdigraph: $graph}]->(unread:UnreadRow {of: 'listings', category: 'factory'})
      WHERE (unread.since IS NULL OR unread.since <= $as_of) AND (unread.until IS NULL OR $as_of < unread.until)
        AND coalesce(unread.tier, 4) >= $tier
    } THEN null
    WHEN unit.registered THEN false
  END AS green,
  highest, since,
  CASE
    WHEN EXISTS {
      (unit)-[:IN_POOL {verdigraph: $graph}]->(plan:Cultivation {category: 'factory'})
      WHERE (plan.start IS NULL OR plan.start <= $as_of) AND (plan.end IS NULL OR $as_of < plan.end)
    } THEN true
    WHEN EXISTS {
      (unit)-[:MAY_BE_IN {verdigraph: $graph}]->(unread:UnreadRow {of: 'cultivation', category: 'factory'})
      WHERE (unread.since IS NULL OR unread.since <= $as_of) AND (unread.until IS NULL OR $as_of < unread.until)
    } THEN null
    ELSE false
  END AS in_pool,
  COLLECT {
    MATCH (unit)<-[:HELD_AGAINST {verdigraph: $graph}]-(incident:Incident)
    RETURN incident {.*} ORDER BY incident.row
  } AS incidents,
  COLLECT {
    MATCH (unit)-[:LISTED_AS {verdigraph: $graph}]->(gone:Listing)
    WHERE gone.published_on <= $as_of AND (gone.removed_on <= $as_of OR gone.end_unknown)
    RETURN gone {.*} ORDER BY gone.row
  } AS removals,
  head(COLLECT {
    MATCH (unit)-[:HAS_FIGURE {verdigraph: $graph}]->(figure:AnnualFigure)
    WHERE figure.year < $as_of.year AND figure.output IS NOT NULL
    RETURN figure.output ORDER BY figure.year DESC LIMIT 1
  }) AS output,
  CASE WHEN member AND unsure THEN null ELSE member END AS in_base,
  CASE WHEN NOT always THEN earliest END AS start
ORDER BY unit_id
