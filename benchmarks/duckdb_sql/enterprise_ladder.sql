-- enterprise-ladder with its default option: base above_scale. One row per enterprise of the base.
WITH listed AS (
  SELECT enterprise, max(tier) AS tier,
    min(published_on) FILTER (tier = 1) AS district_on,
    min(published_on) FILTER (tier = 2) AS city_on,
    min(published_on) FILTER (tier = 3) AS own_on,
    min(published_on) FILTER (tier = 4) AS national_on
  FROM listings
  WHERE category = 0 AND enterprise IS NOT NULL AND published_on <= $day AND (removed_on IS NULL OR $day < removed_on)
  GROUP BY enterprise
),
sits AS (
  SELECT enterprise, string_agg(name, '、' ORDER BY park) AS parks
  FROM (
    SELECT DISTINCT t.enterprise, t.park, p.name FROM tenancies t JOIN parks p ON p.row = t.park
    WHERE (t.start IS NULL OR t.start <= $day) AND (t."end" IS NULL OR $day < t."end")
  )
  GROUP BY enterprise
),
plans AS (
  SELECT enterprise, string_agg(DISTINCT plan_year::VARCHAR, '、' ORDER BY plan_year::VARCHAR) AS pool_years
  FROM cultivation
  WHERE category = 0 AND enterprise IS NOT NULL AND (start IS NULL OR start <= $day)
  GROUP BY enterprise
)
SELECT e.id AS enterprise_id, e.name AS enterprise, e.uscc, coalesce(e.city, r.name) AS city, c.name AS county,
  s.parks, p.pool_years, l.district_on, l.city_on,
  coalesce(l.own_on, l.national_on) AS provincial_on,
  CASE WHEN l.own_on IS NOT NULL THEN 'own' WHEN l.national_on IS NOT NULL THEN 'derived' END AS provincial_basis,
  l.national_on,
  CASE l.tier WHEN 1 THEN 'district' WHEN 2 THEN 'city' WHEN 3 THEN 'provincial' WHEN 4 THEN 'national' END AS highest,
  CASE
    WHEN l.tier = 4 OR (l.tier IS NULL AND NOT e.registered) THEN NULL
    WHEN l.tier = 3 THEN 'national' WHEN l.tier = 2 THEN 'provincial' ELSE 'city'
  END AS next_tier
FROM enterprises e
LEFT JOIN listed l ON l.enterprise = e.row
LEFT JOIN sits s ON s.enterprise = e.row
LEFT JOIN plans p ON p.enterprise = e.row
LEFT JOIN regions r ON r.code = e.region // 100 * 100 AND r.level = 2
LEFT JOIN regions c ON c.code = e.region AND c.level = 3
WHERE e.above_scale
  AND (e.first_day IS NULL OR e.first_day <= $day)
  AND NOT (
    (e.region IS NOT NULL AND e.region // 10000 <> 32) OR (e.region IS NULL AND coalesce(e.country <> 'CN', false))
  )
ORDER BY enterprise_id
