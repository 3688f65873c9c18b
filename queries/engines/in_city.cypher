// Ids, among those asked for, of the units in a city.
UNWIND $ids AS id
OPTIONAL MATCH (enterprise:Enterprise {verdigraph: $graph, id: id})
OPTIONAL MATCH (park:Park {verdigraph: $graph, id: id})
WITH id, enterprise.region / 100 * 100 = $city OR park.region / 100 * 100 = $city AS inside
WHERE inside
RETURN DISTINCT id
