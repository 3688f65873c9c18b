-- leader-ratio with its default options: tier city, depth 1, scope mainland. One row per chain leader.
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
  SELECT e.row, e.id, e.name, e.city, e.region, e.chain,
    concat_ws('+',
      CASE WHEN e.chain IS NOT NULL THEN 'chain' END,
      CASE WHEN e.declared THEN 'declared' END,
      CASE WHEN e.row IN (SELECT enterprise FROM active_listings WHERE category = 3) THEN 'listing' END,
      CASE WHEN e.row IN (
        SELECT enterprise FROM cultivation
        WHERE category = 3 AND enterprise IS NOT NULL
          AND (start IS NULL OR start <= $day) AND ("end" IS NULL OR $day < "end")
      ) THEN 'cultivation' END
    ) AS basis
  FROM enterprise e
  WHERE (e.first_day IS NULL OR e.first_day <= $day)
    AND NOT ((e.region IS NOT NULL AND e.region // 10000 <> 32) OR (e.abroad AND e.region IS NULL))
    AND basis <> ''
),
list_years AS (
  SELECT buyer, max(year) AS year FROM supplies
  WHERE year <= year($day) AND start IS NULL AND "end" IS NULL
  GROUP BY buyer HAVING max(year) >= year($day) - 2
),
links AS (
  SELECT s.buyer, s.supplier,
    CASE WHEN s."end" - s.start > 366 THEN s.amount * 365 / (s."end" - s.start) ELSE s.amount END AS amount
  FROM supplies s
  LEFT JOIN list_years y ON y.buyer = s.buyer
  WHERE s.buyer <> s.supplier AND s.buyer IN (SELECT row FROM leaders)
    AND CASE
      WHEN s.year IS NOT NULL AND s.start IS NULL AND s."end" IS NULL THEN s.year = y.year
      ELSE (s.start IS NULL OR s.start <= $day) AND (s."end" IS NULL OR $day < s."end")
    END
),
suppliers AS (
  SELECT buyer, supplier, sum(amount) AS spend FROM links GROUP BY buyer, supplier
),
counted AS (
  SELECT s.buyer,
    count(*) FILTER (NOT e.abroad) AS suppliers,
    count(*) FILTER (e.abroad) AS outside_mainland,
    count(*) FILTER (NOT e.abroad AND l.tier >= 2) AS green,
    count(*) FILTER (NOT e.abroad AND coalesce(l.tier, 0) < 2 AND NOT e.registered) AS unknown,
    count(s.spend) FILTER (NOT e.abroad) AS spend_known,
    sum(s.spend) FILTER (NOT e.abroad) AS spend_total,
    sum(s.spend) FILTER (NOT e.abroad AND l.tier >= 2) AS spend_green
  FROM suppliers s
  JOIN enterprise e ON e.row = s.supplier
  LEFT JOIN listed l ON l.enterprise = s.supplier
  GROUP BY s.buyer
)
SELECT b.id AS leader_id, b.name AS leader, coalesce(b.city, r.name) AS city, b.chain, b.basis, y.year AS list_year,
  coalesce(c.suppliers, 0) AS suppliers,
  coalesce(c.outside_mainland, 0) AS outside_mainland,
  coalesce(c.green, 0) AS green,
  coalesce(c.unknown, 0) AS unknown,
  c.green / nullif(c.suppliers, 0) AS ratio,
  coalesce(c.spend_known, 0) AS spend_known,
  coalesce(c.spend_total, 0) / 1e6 AS spend_total,
  coalesce(c.spend_green, 0) / 1e6 AS spend_green
FROM leaders b
LEFT JOIN counted c ON c.buyer = b.row
LEFT JOIN list_years y ON y.buyer = b.row
LEFT JOIN regions r ON r.code = b.region // 100 * 100 AND r.level = 2
ORDER BY ratio DESC NULLS LAST, suppliers DESC, leader_id
