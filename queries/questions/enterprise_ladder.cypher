// Where every enterprise of the base stands, since when, and its next tier: the facts of `enterprise-ladder`. SPEC 6.4.
//
// In Neo4j Browser run these lines first, then paste the rest:
// :param graph => 'default'
// :param as_of => date('2025-06-30')
// :param base => 'above_scale'
// base: above_scale, manufacturer, above_scale_manufacturer, all.

MATCH (unit:Enterprise {verdigraph: $graph})
WHERE unit.on_record_from <= $as_of AND NOT unit.outside
  AND CASE $base
    WHEN 'above_scale' THEN unit.above_scale
    WHEN 'manufacturer' THEN unit.manufacturer
    WHEN 'above_scale_manufacturer' THEN unit.above_scale AND unit.manufacturer
    ELSE true
  END
CALL (unit) {
  OPTIONAL MATCH (unit)-[:LISTED_AS {verdigraph: $graph}]->(listing:Listing {category: 'factory'})
  WHERE listing.published_on <= $as_of AND (listing.removed_on IS NULL OR $as_of < listing.removed_on)
    AND NOT coalesce(listing.end_unknown, false)
  RETURN
    coalesce(max(listing.tier), 0) AS highest,
    min(CASE listing.tier WHEN 1 THEN listing.published_on END) AS district_on,
    min(CASE listing.tier WHEN 2 THEN listing.published_on END) AS city_on,
    min(CASE listing.tier WHEN 3 THEN listing.published_on END) AS own_provincial_on,
    min(CASE listing.tier WHEN 4 THEN listing.published_on END) AS national_on
}
WITH *,
  COLLECT {
    MATCH (unit)-[stay:TENANT_OF {verdigraph: $graph}]->(park:Park)
    WHERE (stay.start IS NULL OR stay.start <= $as_of) AND (stay.end IS NULL OR $as_of < stay.end)
    WITH DISTINCT park ORDER BY park.row
    RETURN park.name
  } AS parks,
  COLLECT {
    MATCH (unit)-[:IN_POOL {verdigraph: $graph}]->(plan:Cultivation {category: 'factory'})
    WHERE plan.start IS NULL OR plan.start <= $as_of
    WITH DISTINCT plan.plan_year AS year ORDER BY year
    RETURN toString(year)
  } AS years
RETURN
  unit.id AS enterprise_id, unit.name AS enterprise, unit.uscc AS uscc, unit.shown_city AS city, unit.shown_county AS county,
  reduce(text = head(parks), name IN tail(parks) | text + '、' + name) AS parks,
  reduce(text = head(years), year IN tail(years) | text + '、' + year) AS pool_years,
  district_on, city_on,
  // A national listing counts as a provincial one over the same days (D-16); an own one is shown first.
  coalesce(own_provincial_on, national_on) AS provincial_on,
  CASE WHEN own_provincial_on IS NOT NULL THEN 'own' WHEN national_on IS NOT NULL THEN 'derived' END AS provincial_basis,
  national_on, highest,
  CASE
    WHEN highest = 0 AND NOT coalesce(unit.registered, false) OR highest = 4 THEN 0
    WHEN highest < 2 THEN 2
    ELSE highest + 1
  END AS next_tier
ORDER BY enterprise_id
