// Regions for which lists of a category and tier were published by the day, 0 for a listing that names none.
MATCH (listing:Listing {verdigraph: $graph, category: $category})
WHERE listing.tier = $tier AND listing.published_on <= $as_of
OPTIONAL MATCH (listing)<-[:LISTED_AS {verdigraph: $graph}]-(unit:Enterprise|Park)
UNWIND [coalesce(listing.region, 0)] + CASE WHEN unit IS NULL THEN [] ELSE [coalesce(unit.region, 0)] END AS code
RETURN DISTINCT code
