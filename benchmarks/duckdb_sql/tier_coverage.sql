-- tier-coverage with its default options: by city, tier city, base above_scale, category factory.
WITH listed AS (
  SELECT enterprise, max(tier) AS tier FROM listings
  WHERE category = 0 AND enterprise IS NOT NULL AND published_on <= $day AND (removed_on IS NULL OR $day < removed_on)
  GROUP BY enterprise
),
pool AS (
  SELECT DISTINCT enterprise FROM cultivation
  WHERE category = 0 AND enterprise IS NOT NULL
    AND (start IS NULL OR start <= $day) AND ("end" IS NULL OR $day < "end")
),
output AS (
  SELECT enterprise, arg_max(output, year) AS output FROM annual_figures
  WHERE year < year($day) AND output IS NOT NULL
  GROUP BY enterprise
),
official AS (
  SELECT region, arg_max(above_scale_count, year) AS figure FROM totals
  WHERE year < year($day) AND above_scale_count IS NOT NULL AND region IS NOT NULL
  GROUP BY region
),
units AS (
  SELECT coalesce(l.tier, 0) AS tier, p.enterprise IS NOT NULL AS pool, e.registered, e.above_scale AS member, o.output,
    CASE WHEN e.region % 10000 <> 0 THEN e.region // 100 * 100 ELSE 0 END AS city
  FROM enterprises e
  LEFT JOIN listed l ON l.enterprise = e.row
  LEFT JOIN pool p ON p.enterprise = e.row
  LEFT JOIN output o ON o.enterprise = e.row
  WHERE (e.first_day IS NULL OR e.first_day <= $day)
    AND NOT (
      (e.region IS NOT NULL AND e.region // 10000 <> 32)
      OR (e.region IS NULL AND coalesce(e.country <> 'CN', false))
    )
),
counted AS (
  SELECT coalesce(city, 0) AS city, grouping(city) AS whole,
    count(*) FILTER (member) AS base,
    count(*) FILTER (member IS NULL) AS base_unknown,
    count(*) FILTER (member AND tier = 4) AS national,
    count(*) FILTER (member AND tier = 3) AS provincial,
    count(*) FILTER (member AND tier = 2) AS city_tier,
    count(*) FILTER (member AND tier = 1) AS district,
    count(*) FILTER (member AND tier = 0 AND pool) AS pool,
    count(*) FILTER (member AND tier = 0 AND NOT pool AND registered) AS none,
    count(*) FILTER (member AND tier = 0 AND NOT pool AND NOT registered) AS unknown,
    count(*) FILTER (member IS NOT TRUE AND tier >= 2) AS listed_outside_base,
    count(output) FILTER (member) AS output_known,
    sum(output) FILTER (member) AS output_base,
    sum(output) FILTER (member AND tier >= 2) AS output_green
  FROM units GROUP BY GROUPING SETS ((city), ())
),
places AS (
  SELECT code, name, 0 AS whole FROM regions WHERE level = 2 AND code // 10000 = 32
  UNION ALL SELECT 0, '未知', 0 WHERE EXISTS (FROM counted WHERE city = 0 AND whole = 0)
  UNION ALL SELECT code, name, 1 FROM regions WHERE code = 320000
)
SELECT CASE WHEN p.code <> 0 THEN p.code::VARCHAR END AS region_id, p.name AS region,
  coalesce(c.base, 0) AS base,
  coalesce(c.base_unknown, 0) AS base_unknown,
  coalesce(c.national, 0) AS national,
  coalesce(c.provincial, 0) AS provincial,
  coalesce(c.city_tier, 0) AS city,
  coalesce(c.district, 0) AS district,
  coalesce(c.pool, 0) AS pool,
  coalesce(c.none, 0) AS none,
  coalesce(c.unknown, 0) AS unknown,
  coalesce(c.listed_outside_base, 0) AS listed_outside_base,
  coalesce(c.output_known, 0) AS output_known,
  coalesce(c.output_base, 0)::BIGINT / 1e6 AS output_base,
  coalesce(c.output_green, 0)::BIGINT / 1e6 AS output_green,
  o.figure AS official_base
FROM places p
LEFT JOIN counted c ON c.whole = p.whole AND (p.whole = 1 OR c.city = p.code)
LEFT JOIN official o ON o.region = p.code
ORDER BY p.whole, p.code = 0, p.code
