// The current suppliers of every chain leader, how many are green, and what is spent on them: the facts of `leader-ratio`.
// SPEC 6.2, clauses D-17d and D-29.
//
// In Neo4j Browser run these lines first, then paste the rest:
// :param graph => 'default'
// :param as_of => date('2025-06-30')
// :param tier => 2
// :param scope => 'mainland'
// :param key_only => false
// :param max_age => 2
// :param struck => []
// tier: 1 区县级, 2 市级, 3 省级, 4 国家级. scope: mainland, all, province. struck: ids of listings that a what-if takes away.
// For more than one step upstream write the number of steps in place of the last 1 in SUPPLIES*1..1.

MATCH (leader:Leader {verdigraph: $graph})
WHERE leader.on_record_from <= $as_of AND NOT leader.outside
WITH leader, [word IN [
  CASE WHEN leader.chain IS NOT NULL THEN 'chain' END,
  CASE WHEN leader.declared THEN 'declared' END,
  CASE WHEN EXISTS {
    (leader)-[:LISTED_AS {verdigraph: $graph}]->(listing:Listing {category: 'supply_chain'})
    WHERE listing.published_on <= $as_of AND (listing.removed_on IS NULL OR $as_of < listing.removed_on)
      AND NOT coalesce(listing.end_unknown, false)
  } THEN 'listing' END,
  CASE WHEN EXISTS {
    (leader)-[:IN_POOL {verdigraph: $graph}]->(plan:Cultivation {category: 'supply_chain'})
    WHERE (plan.start IS NULL OR plan.start <= $as_of) AND (plan.end IS NULL OR $as_of < plan.end)
  } THEN 'cultivation' END
] WHERE word IS NOT NULL] AS basis
WHERE size(basis) > 0
CALL (leader) {
  MATCH (leader)<-[links:SUPPLIES*1..1 {verdigraph: $graph}]-(supplier:Enterprise)
  WHERE supplier <> leader AND all(link IN links WHERE
    link.since <= $as_of AND $as_of < link.until
    AND coalesce(link.list_year, 9999) >= $as_of.year - $max_age
    AND (link.key OR NOT $key_only))
  WITH DISTINCT leader, supplier
  CALL (supplier) {
    OPTIONAL MATCH (supplier)-[:LISTED_AS {verdigraph: $graph}]->(listing:Listing {category: 'factory'})
    WHERE listing.published_on <= $as_of AND (listing.removed_on IS NULL OR $as_of < listing.removed_on)
      AND NOT listing.id IN $struck
    WITH supplier,
      coalesce(max(CASE WHEN NOT coalesce(listing.end_unknown, false) THEN listing.tier END), 0) AS sure,
      coalesce(max(CASE WHEN listing.end_unknown THEN listing.tier END), 0) AS open
    RETURN sure >= $tier AS listed, open >= $tier
      // A row that was left out because nobody can read its tier may be of any.
      OR EXISTS {
        (supplier)-[:MAY_BE_IN {verdigraph: $graph}]->(unread:UnreadRow {of: 'listings', category: 'factory'})
        WHERE (unread.since IS NULL OR unread.since <= $as_of) AND (unread.until IS NULL OR $as_of < unread.until)
          AND coalesce(unread.tier, 4) >= $tier
      } AS maybe
  }
  WITH leader, supplier,
    CASE $scope
      WHEN 'mainland' THEN NOT supplier.abroad
      WHEN 'province' THEN
        CASE WHEN supplier.at_home THEN true WHEN supplier.region IS NULL AND NOT supplier.outside THEN null ELSE false END
      ELSE true
    END AS member,
    // Nobody can read whether a listing that may be has ended.
    CASE WHEN listed THEN true WHEN maybe THEN null WHEN supplier.registered THEN false END AS green
  CALL (leader, supplier, member) {
    OPTIONAL MATCH (leader)<-[link:SUPPLIES {verdigraph: $graph}]-(supplier)
    WHERE member AND link.amount IS NOT NULL
      AND link.since <= $as_of AND $as_of < link.until
      AND coalesce(link.list_year, 9999) >= $as_of.year - $max_age
      AND (link.key OR NOT $key_only)
    WITH link, duration.inDays(link.start, link.end).days AS days ORDER BY link.row
    // A contract of more than 366 days counts for one year's part.
    WITH CASE WHEN days > 366 THEN toFloat(link.amount) * 365 / days ELSE toFloat(link.amount) END AS amount
    RETURN collect(amount) AS amounts
  }
  // Whole 分 are added as integers and what long contracts leave of one apart, so that no rounding depends on order.
  WITH member, green, amounts, supplier.row AS place ORDER BY place
  WITH member, green, size(amounts) > 0 AS paid,
    reduce(total = 0, amount IN amounts | total + toInteger(floor(amount))) AS whole,
    [amount IN amounts | amount - floor(amount)] AS rests
  WITH collect({member: member, green: green, paid: paid, whole: whole, rests: rests}) AS found
  WITH found, [one IN found WHERE one.paid AND one.green] AS paid_green
  RETURN
    size([one IN found WHERE one.member]) AS suppliers,
    size([one IN found WHERE NOT one.member]) AS left_out,
    size([one IN found WHERE one.member IS NULL]) AS region_unknown,
    size([one IN found WHERE one.member AND one.green]) AS green,
    size([one IN found WHERE one.member AND one.green IS NULL]) AS unknown,
    size([one IN found WHERE one.member IS NULL AND one.green]) AS maybe_green,
    size([one IN found WHERE one.member IS NULL AND one.green IS NULL]) AS maybe_open,
    size([one IN found WHERE one.member IS NULL AND NOT one.green]) AS maybe_not,
    size([one IN found WHERE one.paid]) AS spend_known,
    toFloat(reduce(total = 0, one IN found | total + one.whole))
      + reduce(total = 0.0, one IN found | reduce(inner = total, rest IN one.rests | inner + rest)) AS spend_total,
    toFloat(reduce(total = 0, one IN paid_green | total + one.whole))
      + reduce(total = 0.0, one IN paid_green | reduce(inner = total, rest IN one.rests | inner + rest)) AS spend_green
}
RETURN
  leader.id AS leader_id, leader.name AS leader, leader.shown_city AS city, leader.chain AS chain,
  reduce(text = head(basis), word IN tail(basis) | text + '+' + word) AS basis,
  head(COLLECT {
    MATCH (leader)<-[link:SUPPLIES {verdigraph: $graph}]-()
    WHERE $as_of.year - $max_age <= link.list_year <= $as_of.year
    RETURN link.list_year ORDER BY link.list_year DESC LIMIT 1
  }) AS list_year,
  suppliers, CASE $scope WHEN 'mainland' THEN left_out ELSE 0 END AS outside_mainland, region_unknown, green, unknown,
  maybe_green, maybe_open, maybe_not, spend_known, spend_total, spend_green
ORDER BY leader_id
