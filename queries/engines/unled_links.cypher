// How many current supply links have a buyer that is no leader on the day.
MATCH (buyer:Enterprise {verdigraph: $graph})<-[link:SUPPLIES {verdigraph: $graph}]-()
WHERE link.since <= $as_of AND $as_of < link.until AND coalesce(link.list_year, 9999) >= $as_of.year - $max_age
WITH buyer, count(*) AS links
WHERE buyer.chain IS NULL AND NOT coalesce(buyer.declared, false)
  AND NOT EXISTS {
    (buyer)-[:LISTED_AS {verdigraph: $graph}]->(listing:Listing {category: 'supply_chain'})
    WHERE listing.published_on <= $as_of AND (listing.removed_on IS NULL OR $as_of < listing.removed_on)
      AND NOT coalesce(listing.end_unknown, false)
  }
  AND NOT EXISTS {
    (buyer)-[:IN_POOL {verdigraph: $graph}]->(plan:Cultivation {category: 'supply_chain'})
    WHERE (plan.start IS NULL OR plan.start <= $as_of) AND (plan.end IS NULL OR $as_of < plan.end)
  }
RETURN coalesce(sum(links), 0) AS links
