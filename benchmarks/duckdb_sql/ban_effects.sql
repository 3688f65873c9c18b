-- ban-effects with its default options: what changes if every factory listing under review by a recorded ban were struck.
WITH bans AS (
  -- Decisions on one agency of one day are one ban over the union of their regions.
  SELECT DISTINCT agency, decided_on,
    decided_on + INTERVAL 3 YEAR AS ends, decided_on - INTERVAL 3 YEAR AS looks_back
  FROM agency_bans WHERE decided_on <= $day AND $day < decided_on + INTERVAL 3 YEAR
),
held_reports AS (
  SELECT row, enterprise, park, category, tier, report_no, outcome, outcome_on, issued_on, submitted_on,
    coalesce(submitted_on, issued_on) AS since,
    CASE WHEN coalesce(mode, 'third_party') = 'third_party' THEN agency END AS agency
  FROM reports WHERE coalesce(submitted_on, issued_on, $day) <= $day
),
held_listings AS (
  SELECT l.row, l.enterprise, l.park, l.category, l.tier, l.report_no, r.row AS report,
    CASE WHEN r.row IS NOT NULL THEN r.since ELSE l.published_on END AS since,
    CASE WHEN r.row IS NOT NULL THEN r.agency ELSE l.agency END AS agency
  FROM listings l LEFT JOIN held_reports r ON r.row = l.report
  WHERE l.published_on <= $day AND (l.removed_on IS NULL OR $day < l.removed_on)
),
enterprise AS (
  SELECT *, coalesce(country <> 'CN', false) OR coalesce(region // 10000 IN (71, 81, 82), false) AS abroad FROM enterprises
),
struck AS (
  SELECT DISTINCT l.row
  FROM bans b
  JOIN held_listings l ON l.agency = b.agency
  JOIN enterprises e ON e.row = l.enterprise
  WHERE l.category = 0 AND b.looks_back <= l.since AND (l.report IS NULL OR l.since < b.ends)
    AND EXISTS (
      SELECT 1 FROM agency_bans g
      WHERE g.agency = b.agency AND g.decided_on = b.decided_on AND (
        g.region = 100000 OR g.region = e.region
        OR (g.region % 10000 = 0 AND e.region // 10000 = g.region // 10000)
        OR (g.region % 10000 <> 0 AND g.region % 100 = 0 AND e.region // 100 = g.region // 100)
      )
    )
),
listed AS (
  SELECT enterprise, max(tier) >= 2 AS before,
    coalesce(max(tier) FILTER (row NOT IN (FROM struck)) >= 2, false) AS after
  FROM held_listings WHERE category = 0 AND enterprise IS NOT NULL GROUP BY enterprise
),
tenants AS (
  SELECT DISTINCT park, enterprise FROM tenancies
  WHERE (start IS NULL OR start <= $day) AND ("end" IS NULL OR $day < "end")
),
parks_counted AS (
  SELECT 'park' AS kind, p.id, p.name, count(*) AS base,
    count(*) FILTER (l.before) AS before_green, count(*) FILTER (l.after) AS after_green
  FROM parks p
  JOIN tenants t ON t.park = p.row
  JOIN enterprises e ON e.row = t.enterprise AND e.above_scale
  LEFT JOIN listed l ON l.enterprise = t.enterprise
  WHERE (p.first_day IS NULL OR p.first_day <= $day) AND (p.region IS NULL OR p.region // 10000 = 32)
  GROUP BY p.id, p.name
),
leaders AS (
  SELECT e.row, e.id, e.name FROM enterprise e
  WHERE (e.first_day IS NULL OR e.first_day <= $day)
    AND NOT ((e.region IS NOT NULL AND e.region // 10000 <> 32) OR (e.abroad AND e.region IS NULL))
    AND (
      e.chain IS NOT NULL OR e.declared
      OR e.row IN (SELECT enterprise FROM held_listings WHERE category = 3 AND enterprise IS NOT NULL)
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
suppliers AS (
  SELECT DISTINCT s.buyer, s.supplier FROM supplies s
  LEFT JOIN list_years y ON y.buyer = s.buyer
  WHERE s.buyer <> s.supplier AND s.buyer IN (SELECT row FROM leaders)
    AND CASE
      WHEN s.year IS NOT NULL AND s.start IS NULL AND s."end" IS NULL THEN s.year = y.year
      ELSE (s.start IS NULL OR s.start <= $day) AND (s."end" IS NULL OR $day < s."end")
    END
),
leaders_counted AS (
  SELECT 'leader' AS kind, b.id, b.name, count(*) AS base,
    count(*) FILTER (l.before) AS before_green, count(*) FILTER (l.after) AS after_green
  FROM leaders b
  JOIN suppliers s ON s.buyer = b.row
  JOIN enterprise e ON e.row = s.supplier AND NOT e.abroad
  LEFT JOIN listed l ON l.enterprise = s.supplier
  GROUP BY b.id, b.name
),
cities_counted AS (
  SELECT 'city' AS kind, r.code::VARCHAR AS id, r.name, count(*) AS base,
    count(*) FILTER (l.before) AS before_green, count(*) FILTER (l.after) AS after_green
  FROM enterprises e
  JOIN regions r ON r.code = e.region // 100 * 100 AND r.level = 2 AND r.code // 10000 = 32
  LEFT JOIN listed l ON l.enterprise = e.row
  WHERE e.above_scale AND (e.first_day IS NULL OR e.first_day <= $day)
  GROUP BY r.code, r.name
)
SELECT kind, id, name, base, before_green, after_green
FROM (FROM parks_counted UNION ALL FROM leaders_counted UNION ALL FROM cities_counted)
WHERE before_green <> after_green
ORDER BY list_position(['park', 'leader', 'city'], kind), (after_green - before_green) / base, id
