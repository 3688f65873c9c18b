-- park-share with its default options: tier city, base above_scale. One row per park that is not known to be outside.
WITH listed AS (
  SELECT enterprise, max(tier) AS tier FROM listings
  WHERE category = 0 AND enterprise IS NOT NULL AND published_on <= $day AND (removed_on IS NULL OR $day < removed_on)
  GROUP BY enterprise
),
tenants AS (
  SELECT DISTINCT park, enterprise FROM tenancies
  WHERE (start IS NULL OR start <= $day) AND ("end" IS NULL OR $day < "end")
),
with_tenancies AS (
  SELECT DISTINCT park FROM tenancies WHERE start IS NULL OR start <= $day
),
output AS (
  SELECT enterprise, arg_max(output, year) AS output FROM annual_figures
  WHERE year < year($day) AND output IS NOT NULL
  GROUP BY enterprise
),
official AS (
  SELECT park, arg_max(above_scale_count, year) AS figure FROM totals
  WHERE year < year($day) AND above_scale_count IS NOT NULL AND park IS NOT NULL
  GROUP BY park
),
units AS (
  SELECT t.park, e.above_scale AS member, o.output,
    CASE WHEN l.tier >= 2 THEN 'yes' WHEN e.registered THEN 'no' ELSE 'unknown' END AS green
  FROM tenants t
  JOIN enterprises e ON e.row = t.enterprise
  LEFT JOIN listed l ON l.enterprise = t.enterprise
  LEFT JOIN output o ON o.enterprise = t.enterprise
),
counted AS (
  SELECT park,
    count(*) AS tenants,
    count(*) FILTER (member) AS base,
    count(*) FILTER (member IS NULL) AS base_unknown,
    count(*) FILTER (member AND green = 'yes') AS green,
    count(*) FILTER (member AND green = 'unknown') AS green_unknown,
    count(*) FILTER (member IS NOT TRUE AND green = 'yes') AS listed_outside_base,
    count(output) FILTER (member) AS output_known,
    sum(output) FILTER (member) AS output_base,
    sum(output) FILTER (member AND green = 'yes') AS output_green
  FROM units GROUP BY park
)
SELECT p.id AS park_id, p.name AS park, p.level, coalesce(p.city, r.name) AS city,
  CASE WHEN w.park IS NOT NULL THEN coalesce(c.tenants, 0) END AS tenants,
  coalesce(c.base, 0) AS base,
  coalesce(c.base_unknown, 0) AS base_unknown,
  coalesce(c.green, 0) AS green,
  coalesce(c.green_unknown, 0) AS green_unknown,
  coalesce(c.listed_outside_base, 0) AS listed_outside_base,
  c.green / nullif(c.base, 0) AS share,
  coalesce(c.output_known, 0) AS output_known,
  coalesce(c.output_base, 0)::BIGINT / 1e6 AS output_base,
  coalesce(c.output_green, 0)::BIGINT / 1e6 AS output_green,
  o.figure AS official_base
FROM parks p
LEFT JOIN counted c ON c.park = p.row
LEFT JOIN with_tenancies w ON w.park = p.row
LEFT JOIN official o ON o.park = p.row
LEFT JOIN regions r ON r.code = p.region // 100 * 100 AND r.level = 2
WHERE (p.first_day IS NULL OR p.first_day <= $day)
  AND (p.region IS NULL OR p.region // 10000 = 32)
ORDER BY share DESC NULLS LAST, green DESC, park_id
