// How many enterprises and parks on record on the day are known to lie outside the home province.
CALL () { MATCH (unit:Enterprise {verdigraph: $graph, outside: true}) WHERE unit.on_record_from <= $as_of RETURN count(*) AS enterprises }
CALL () { MATCH (unit:Park {verdigraph: $graph, outside: true}) WHERE unit.on_record_from <= $as_of RETURN count(*) AS parks }
RETURN enterprises, parks
