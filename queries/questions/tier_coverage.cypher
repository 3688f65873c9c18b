// Units by region and by their highest active tier: the facts of `tier-coverage`. SPEC 6.4, clauses D-03 and D-07.
//
// In Neo4j Browser run these lines first, then paste the rest:
// :param graph => 'default'
// :param as_of => date('2025-06-30')
// :param by => 'city'
// :param category => 'factory'
// :param base => 'above_scale'
// :param tier => 2
// :param struck => []
// :param home => 320000
// by: city, county, province. category: factory (enterprises), park (parks), supply_chain (leaders). tier: 1 区县级, 2 市级,
// 3 省级, 4 国家级. base counts for factories only. struck: ids of listings that a what-if takes away. home: the province.

CALL () {
  // A row without unit for every region that is shown even if it holds none.
  UNWIND [$home] AS code
  RETURN code, null AS unit
UNION ALL
  MATCH (city:City {verdigraph: $graph}) WHERE $by = 'city'
  RETURN city.code AS code, null AS unit
UNION ALL
  CALL () {
    WITH 1 AS one WHERE $category = 'factory'
    MATCH (unit:Enterprise {verdigraph: $graph}) WHERE NOT unit.outside
    RETURN unit
  UNION ALL
    WITH 1 AS one WHERE $category = 'park'
    MATCH (unit:Park {verdigraph: $graph}) WHERE NOT unit.outside
    RETURN unit
  UNION ALL
    WITH 1 AS one WHERE $category = 'supply_chain'
    MATCH (unit:Leader {verdigraph: $graph}) WHERE NOT unit.outside AND (unit.chain IS NOT NULL OR unit.declared
      OR EXISTS {
        (unit)-[:LISTED_AS {verdigraph: $graph}]->(listing:Listing {category: 'supply_chain'})
        WHERE listing.published_on <= $as_of AND (listing.removed_on IS NULL OR $as_of < listing.removed_on)
          AND NOT coalesce(listing.end_unknown, false)
      }
      OR EXISTS {
        (unit)-[:IN_POOL {verdigraph: $graph}]->(plan:Cultivation {category: 'supply_chain'})
        WHERE (plan.start IS NULL OR plan.start <= $as_of) AND (plan.end IS NULL OR $as_of < plan.end)
      })
    RETURN unit
  }
  WITH unit, coalesce(unit.region, 0) AS region WHERE unit.on_record_from <= $as_of
  // Each unit counts for its own region (0 where that is not known as finely) and for the province.
  UNWIND CASE $by
    WHEN 'city' THEN [CASE WHEN region % 10000 = 0 THEN 0 ELSE region / 100 * 100 END, $home]
    WHEN 'county' THEN [CASE WHEN region % 100 = 0 THEN 0 ELSE region END, $home]
    ELSE [$home]
  END AS code
  RETURN code, unit
}
CALL (unit) {
  OPTIONAL MATCH (unit)-[:LISTED_AS {verdigraph: $graph}]->(listing:Listing {category: $category})
  WHERE listing.published_on <= $as_of AND (listing.removed_on IS NULL OR $as_of < listing.removed_on)
    AND NOT listing.id IN $struck
  // A listing of which nobody can read whether it has ended is neither on the list nor off it.
  RETURN
    coalesce(max(CASE WHEN NOT coalesce(listing.end_unknown, false) THEN listing.tier END), 0) AS highest,
    coalesce(max(CASE WHEN listing.end_unknown THEN listing.tier END), 0) AS open
}
CALL (unit) {
  // A row that was left out because nobody can read its tier may be of any.
  OPTIONAL MATCH (unit)-[:MAY_BE_IN {verdigraph: $graph}]->(unread:UnreadRow {category: $category})
  WHERE (unread.since IS NULL OR unread.since <= $as_of) AND (unread.until IS NULL OR $as_of < unread.until)
  RETURN
    coalesce(max(CASE WHEN unread.of = 'listings' THEN coalesce(unread.tier, 4) END), 0) AS unread,
    count(CASE WHEN unread.of = 'cultivation' THEN 1 END) > 0 AS perhaps_planned
}
WITH code, unit, highest, CASE WHEN unread > open THEN unread ELSE open END AS maybe, perhaps_planned,
  CASE
    WHEN unit IS NULL THEN false
    WHEN $category <> 'factory' THEN true
    WHEN $base = 'above_scale' THEN unit.above_scale
    WHEN $base = 'manufacturer' THEN unit.manufacturer
    WHEN $base = 'above_scale_manufacturer' THEN unit.above_scale AND unit.manufacturer
    ELSE true
  END AS member,
  // Absence from the lists proves something of registered enterprises, and of every park and leader.
  $category <> 'factory' OR coalesce(unit.registered, false) AS proven,
  EXISTS {
    (unit)-[:IN_POOL {verdigraph: $graph}]->(plan:Cultivation {category: $category})
    WHERE (plan.start IS NULL OR plan.start <= $as_of) AND (plan.end IS NULL OR $as_of < plan.end)
  } AS pool,
  CASE WHEN $category = 'factory' THEN head(COLLECT {
    MATCH (unit)-[:HAS_FIGURE {verdigraph: $graph}]->(figure:AnnualFigure)
    WHERE figure.year < $as_of.year AND figure.output IS NOT NULL
    RETURN figure.output ORDER BY figure.year DESC LIMIT 1
  }) END AS output
WITH *,
  CASE WHEN unit IS NULL THEN false WHEN highest >= $tier THEN true WHEN maybe >= $tier THEN null WHEN proven THEN false END
    AS is_green,
  coalesce(member AND highest = 0 AND maybe = 0, false) AS nowhere,
  coalesce(member AND highest = 0 AND maybe > 0, false) AS unsure
WITH code,
  count(CASE WHEN member THEN 1 END) AS base,
  count(CASE WHEN member IS NULL THEN 1 END) AS base_unknown,
  count(CASE WHEN member AND highest = 4 THEN 1 END) AS national,
  count(CASE WHEN member AND highest = 3 THEN 1 END) AS provincial,
  count(CASE WHEN member AND highest = 2 THEN 1 END) AS city,
  count(CASE WHEN member AND highest = 1 THEN 1 END) AS district,
  count(CASE WHEN nowhere AND pool THEN 1 END) AS pool,
  count(CASE WHEN nowhere AND NOT pool AND proven AND NOT perhaps_planned THEN 1 END) AS none,
  count(CASE WHEN unsure OR (nowhere AND NOT pool AND (perhaps_planned OR NOT proven)) THEN 1 END) AS unknown,
  count(CASE WHEN member AND is_green THEN 1 END) AS green,
  count(CASE WHEN member AND is_green IS NULL THEN 1 END) AS green_unknown,
  count(CASE WHEN is_green AND NOT coalesce(member, false) THEN 1 END) AS listed_outside_base,
  count(CASE WHEN member IS NULL AND is_green THEN 1 END) AS maybe_green,
  count(CASE WHEN member IS NULL AND is_green IS NULL THEN 1 END) AS maybe_open,
  count(CASE WHEN member IS NULL AND NOT is_green THEN 1 END) AS maybe_not,
  // Who is, or may be, in the base and stands in a register; without one the base is the lists themselves.
  count(CASE WHEN proven AND coalesce(member, true) THEN 1 END) AS registered,
  count(CASE WHEN member THEN output END) AS output_known,
  sum(CASE WHEN member THEN output END) AS output_base,
  sum(CASE WHEN member AND is_green THEN output END) AS output_green
OPTIONAL MATCH (region:Province|City|County {verdigraph: $graph, code: code})
RETURN
  code, CASE WHEN code > 0 THEN toString(code) END AS region_id, coalesce(region.name, '未知') AS region,
  base, base_unknown, national, provincial, city, district, pool, none, unknown,
  green, green_unknown, listed_outside_base, maybe_green, maybe_open, maybe_not, registered,
  CASE $category WHEN 'factory' THEN output_known ELSE -1 END AS output_known,
  CASE $category WHEN 'factory' THEN output_base ELSE -1 END AS output_base,
  CASE $category WHEN 'factory' THEN output_green ELSE -1 END AS output_green,
  CASE $category WHEN 'factory' THEN coalesce(head(COLLECT {
    MATCH (total:Total {verdigraph: $graph, region: code})
    WHERE total.year < $as_of.year AND total.above_scale_count IS NOT NULL
    RETURN total.above_scale_count ORDER BY total.year DESC, total.row DESC LIMIT 1
  }), -1) ELSE -1 END AS official_base
// The province stands last, and what lies nowhere just before it.
ORDER BY code = $home, code = 0, code
