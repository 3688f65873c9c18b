// Everyone upstream of one chain leader, one a row: the facts of `leader-suppliers`. SPEC 6.2, clauses D-17d, D-29, D-18.
//
// In Neo4j Browser run these lines first, then paste the rest:
// :param graph => 'default'
// :param as_of => date('2025-06-30')
// :param leader => 'uscc:91320000MA00000000'
// :param tier => 2
// :param scope => 'mainland'
// :param key_only => false
// :param max_age => 2
// leader: the id of an enterprise. tier: 1 区县级, 2 市级, 3 省级, 4 国家级. scope: mainland, all, province.
// For more than one step upstream write the number of steps in place of the last 1 in SUPPLIES*1..1.

MATCH (leader:Enterprise {verdigraph: $graph, id: $leader})
MATCH path = (leader)<-[links:SUPPLIES*1..1 {verdigraph: $graph}]-(unit:Enterprise)
WHERE unit <> leader AND all(link IN links WHERE
  link.since <= $as_of AND $as_of < link.until
  AND coalesce(link.list_year, 9999) >= $as_of.year - $max_age
  AND (link.key OR NOT $key_only))
WITH leader, unit, min(length(path)) AS hop
CALL (unit) {
  OPTIONAL MATCH (unit)-[:LISTED_AS {verdigraph: $graph}]->(listing:Listing {category: 'factory'})
  WHERE listing.published_on <= $as_of AND (listing.removed_on IS NULL OR $as_of < listing.removed_on)
    AND NOT coalesce(listing.end_unknown, false)
  WITH listing ORDER BY listing.tier DESC, listing.published_on LIMIT 1
  RETURN coalesce(listing.tier, 0) AS highest, listing.published_on AS since
}
CALL (leader, unit) {
  OPTIONAL MATCH (leader)<-[link:SUPPLIES {verdigraph: $graph}]-(unit)
  WHERE link.since <= $as_of AND $as_of < link.until
    AND coalesce(link.list_year, 9999) >= $as_of.year - $max_age
    AND (link.key OR NOT $key_only)
  WITH link, duration.inDays(link.start, link.end).days AS days ORDER BY link.row
  // A contract of more than 366 days counts for one year's part.
  WITH link, CASE WHEN days > 366 THEN toFloat(link.amount) * 365 / days ELSE toFloat(link.amount) END AS amount
  WITH count(link) AS links, collect(link.key) AS keys, collect(amount) AS amounts
  RETURN
    CASE WHEN true IN keys THEN true WHEN links > size(keys) OR links = 0 THEN null ELSE false END AS key,
    CASE WHEN size(amounts) > 0 THEN reduce(total = 0.0, amount IN amounts | total + amount) END AS spend
}
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
  hop,
  CASE $scope
    WHEN 'mainland' THEN NOT unit.abroad
    WHEN 'province' THEN CASE WHEN unit.at_home THEN true WHEN unit.region IS NULL AND NOT unit.outside THEN null ELSE false END
    ELSE true
  END AS in_scope,
  key, spend
ORDER BY unit_id
