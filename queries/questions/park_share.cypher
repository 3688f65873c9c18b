// Who sits in each park, and who of them is a green factory: the facts of `park-share`. SPEC 6.1, clause D-17c.
//
// In Neo4j Browser run these lines first, then paste the rest:
// :param graph => 'default'
// :param as_of => date('2025-06-30')
// :param tier => 2
// :param base => 'above_scale'
// :param struck => []
// tier: 1 区县级, 2 市级, 3 省级, 4 国家级. base: above_scale, manufacturer, above_scale_manufacturer, all.
// struck: ids of listings that a what-if takes away.

MATCH (park:Park {verdigraph: $graph})
WHERE park.on_record_from <= $as_of AND NOT park.outside
CALL (park) {
  MATCH (park)<-[stay:TENANT_OF {verdigraph: $graph}]-(tenant:Enterprise)
  WHERE (stay.start IS NULL OR stay.start <= $as_of) AND (stay.end IS NULL OR $as_of < stay.end)
  // Who may have left on a day that nobody can read is not known to be in the base.
  WITH tenant, all(open IN collect(coalesce(stay.end_unknown, false)) WHERE open) AS unsure
  CALL (tenant) {
    OPTIONAL MATCH (tenant)-[:LISTED_AS {verdigraph: $graph}]->(listing:Listing {category: 'factory'})
    WHERE listing.published_on <= $as_of AND (listing.removed_on IS NULL OR $as_of < listing.removed_on)
      AND NOT listing.id IN $struck
    WITH tenant,
      coalesce(max(CASE WHEN NOT coalesce(listing.end_unknown, false) THEN listing.tier END), 0) AS sure,
      coalesce(max(CASE WHEN listing.end_unknown THEN listing.tier END), 0) AS open
    RETURN sure >= $tier AS listed, open >= $tier
      // A row that was left out because nobody can read its tier may be of any.
      OR EXISTS {
        (tenant)-[:MAY_BE_IN {verdigraph: $graph}]->(unread:UnreadRow {of: 'listings', category: 'factory'})
        WHERE (unread.since IS NULL OR unread.since <= $as_of) AND (unread.until IS NULL OR $as_of < unread.until)
          AND coalesce(unread.tier, 4) >= $tier
      } AS maybe
  }
  WITH tenant, unsure, listed, maybe,
    CASE $base
      WHEN 'above_scale' THEN tenant.above_scale
      WHEN 'manufacturer' THEN tenant.manufacturer
      WHEN 'above_scale_manufacturer' THEN tenant.above_scale AND tenant.manufacturer
      ELSE true
    END AS member
  WITH
    CASE WHEN member AND unsure THEN null ELSE member END AS member,
    // Absence from the lists proves something only of a registered enterprise, and of none that may still be listed.
    CASE WHEN listed THEN true WHEN maybe THEN null WHEN tenant.registered THEN false END AS green,
    head(COLLECT {
      MATCH (tenant)-[:HAS_FIGURE {verdigraph: $graph}]->(figure:AnnualFigure)
      WHERE figure.year < $as_of.year AND figure.output IS NOT NULL
      RETURN figure.output ORDER BY figure.year DESC LIMIT 1
    }) AS output
  RETURN
    count(*) AS tenants,
    count(CASE WHEN member THEN 1 END) AS base,
    count(CASE WHEN member IS NULL THEN 1 END) AS base_unknown,
    count(CASE WHEN member AND green THEN 1 END) AS green,
    count(CASE WHEN member AND green IS NULL THEN 1 END) AS green_unknown,
    count(CASE WHEN green AND NOT coalesce(member, false) THEN 1 END) AS listed_outside_base,
    count(CASE WHEN member IS NULL AND green THEN 1 END) AS maybe_green,
    count(CASE WHEN member IS NULL AND green IS NULL THEN 1 END) AS maybe_open,
    count(CASE WHEN member IS NULL AND NOT green THEN 1 END) AS maybe_not,
    count(CASE WHEN member THEN output END) AS output_known,
    sum(CASE WHEN member THEN output END) AS output_base,
    sum(CASE WHEN member AND green THEN output END) AS output_green
}
RETURN
  park.id AS park_id, park.name AS park, park.level AS level, park.shown_city AS city,
  // A park without any tenancy begun by the day has unknown tenants, not none.
  CASE
    WHEN EXISTS { (park)<-[stay:TENANT_OF {verdigraph: $graph}]-() WHERE stay.start IS NULL OR stay.start <= $as_of } THEN tenants
  END AS tenants,
  base, base_unknown, green, green_unknown, listed_outside_base, maybe_green, maybe_open, maybe_not,
  output_known, output_base, output_green,
  coalesce(head(COLLECT {
    MATCH (park)-[:HAS_TOTAL {verdigraph: $graph}]->(total:Total)
    WHERE total.year < $as_of.year AND total.above_scale_count IS NOT NULL
    RETURN total.above_scale_count ORDER BY total.year DESC, total.row DESC LIMIT 1
  }), -1) AS official_base
ORDER BY park_id
