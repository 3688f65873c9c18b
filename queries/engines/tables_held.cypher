// Which of the tables that answers need have a row that counts on the day.
RETURN
  EXISTS { MATCH (:Enterprise {verdigraph: $graph, registered: true}) } AS enterprises,
  EXISTS { MATCH ()-[stay:TENANT_OF {verdigraph: $graph}]->() WHERE stay.start IS NULL OR stay.start <= $as_of } AS tenancies,
  EXISTS { MATCH (figure:AnnualFigure {verdigraph: $graph}) WHERE figure.year < $as_of.year } AS annual_figures,
  EXISTS { MATCH (total:Total {verdigraph: $graph}) WHERE total.year < $as_of.year } AS totals
