-- leader-ratio with depth 3, else default options: who is reached upstream over at most three current links.
WITH enterprise AS (
  SELECT *, coalesce(country <> 'CN', false) OR coalesce(region // 10000 IN (71, 81, 82), false) AS abroad FROM enterprises
),
active_listings AS (
  SELECT enterprise, category, tier FROM listings
  WHERE enterprise IS NOT NULL AND published_on <= $day AND (removed_on IS NULL OR $day < removed_on)
),
listed AS (
  SELECT enterprise, max(tier) AS tier FROM active_listings WHERE category = 0 GROUP BY enterprise
),
leaders AS (
  SELECT e.row, e.id FROM enterprise e
  WHERE (e.first_day IS NULL OR e.first_day <= $day)
    AND NOT ((e.region IS NOT NULL AND e.region // 10000 <> 32) OR (e.abroad AND e.region IS NULL))
    AND (
      e.chain IS NOT NULL OR e.declared
      OR e.row IN (SELECT enterprise FROM active_listings WHERE category = 3)
      OR e.row IN (
        SELECT enterprise FROM cultivation
        WHERE category = 3 AND enterprise IS NOT NULL
          AND (start IS NULL OR start <= $day) AND ("end" IS NULL OR $day < "end")
      )
    )
),
list_years AS (
  SELECT buyer, max(year) AS year FROM supplies
  WHERE year <= year($day) AND start IS NULL AND "end" IS NULL
  GROUP BY buyer HAVING max(year) >= year($day) - 2
),
links AS MATERIALIZED (
  SELECT DISTINCT s.buyer, s.supplier
  FROM supplies s
  LEFT JOIN list_years y ON y.buyer = s.buyer
  WHERE CASE
      WHEN s.year IS NOT NULL AND s.start IS NULL AND s."end" IS NULL THEN s.year = y.year
      ELSE (s.start IS NULL OR s.start <= $day) AND (s."end" IS NULL OR $day < s."end")
    END
),
one AS MATERIALIZED (
  SELECT b.row AS leader, l.supplier AS unit FROM leaders b JOIN links l ON l.buyer = b.row
),
two AS MATERIALIZED (
  SELECT DISTINCT o.leader, l.supplier AS unit FROM one o JOIN links l ON l.buyer = o.unit
),
three AS (
  SELECT DISTINCT t.leader, l.supplier AS unit FROM two t JOIN links l ON l.buyer = t.unit
),
reached AS (
  SELECT * FROM (FROM one UNION FROM two UNION FROM three) WHERE leader <> unit
),
counted AS (
  SELECT u.leader,
    count(*) FILTER (NOT e.abroad) AS suppliers,
    count(*) FILTER (e.abroad) AS outside_mainland,
    count(*) FILTER (NOT e.abroad AND l.tier >= 2) AS green,
    count(*) FILTER (NOT e.abroad AND coalesce(l.tier, 0) < 2 AND NOT e.registered) AS unknown
  FROM reached u
  JOIN enterprise e ON e.row = u.unit
  LEFT JOIN listed l ON l.enterprise = u.unit
  GROUP BY u.leader
)
SELECT b.id AS leader_id,
  coalesce(c.suppliers, 0) AS suppliers,
  coalesce(c.outside_mainland, 0) AS outside_mainland,
  coalesce(c.green, 0) AS green,
  coalesce(c.unknown, 0) AS unknown,
  c.green / nullif(c.suppliers, 0) AS ratio
FROM leaders b
LEFT JOIN counted c ON c.leader = b.row
ORDER BY ratio DESC NULLS LAST, suppliers DESC, leader_id
