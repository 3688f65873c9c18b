-- park-tenants of one park with its default options: tier city, base above_scale. One row per tenant.
WITH units AS (
  SELECT enterprise AS row, min(coalesce(start, DATE '0001-01-01')) AS since FROM tenancies
  WHERE park = (SELECT row FROM parks WHERE id = $unit)
    AND (start IS NULL OR start <= $day) AND ("end" IS NULL OR $day < "end")
  GROUP BY enterprise
),
listed AS (
  SELECT enterprise, max(tier) AS tier, arg_max(published_on, (tier, -epoch(published_on))) AS since FROM listings
  WHERE category = 0 AND enterprise IN (SELECT row FROM units)
    AND published_on <= $day AND (removed_on IS NULL OR $day < removed_on)
  GROUP BY enterprise
),
pool AS (
  SELECT DISTINCT enterprise FROM cultivation
  WHERE category = 0 AND enterprise IN (SELECT row FROM units)
    AND (start IS NULL OR start <= $day) AND ("end" IS NULL OR $day < "end")
),
output AS (
  SELECT enterprise, arg_max(output, year) AS output FROM annual_figures
  WHERE year < year($day) AND output IS NOT NULL AND enterprise IN (SELECT row FROM units)
  GROUP BY enterprise
),
dated AS (
  SELECT enterprise, kind, coalesce(occurred_on, decided_on) AS begun, due_on, $day - INTERVAL 3 YEAR AS opens,
    CASE WHEN ended_on <= $day THEN ended_on END AS ended
  FROM incidents WHERE enterprise IN (SELECT row FROM units)
),
counting AS (
  SELECT enterprise, kind FROM dated
  WHERE begun <= $day AND CASE kind
    WHEN '注销' THEN true
    WHEN '停产' THEN begun + INTERVAL 1 YEAR <= coalesce(ended, $day) AND coalesce(ended, $day) >= opens
    WHEN '经营异常' THEN ended IS NULL
    WHEN '节能监察整改' THEN
      begun >= opens AND CASE WHEN due_on IS NULL THEN ended IS NULL ELSE coalesce(ended, $day) > due_on END
    WHEN '失信被执行人' THEN ended IS NULL OR ended >= opens
    ELSE begun >= opens AND kind IN
      ('安全事故', '网络安全', '数据安全', '质量事故', '环境污染', '偷漏税', '其他违法', '移出名单', '督查问题')
  END
  UNION
  SELECT enterprise, '移出名单' FROM listings
  WHERE enterprise IN (SELECT row FROM units) AND removed_on BETWEEN $day - INTERVAL 3 YEAR AND $day
    AND coalesce(removal_reason, '') NOT IN ('更名', '合并', '搬迁', '关闭', '主动退出')
),
held_against AS (
  SELECT enterprise, string_agg(DISTINCT kind, '+' ORDER BY kind) AS incidents FROM counting GROUP BY enterprise
),
ever_listed AS (
  SELECT DISTINCT enterprise FROM listings WHERE published_on <= $day AND enterprise IN (SELECT row FROM units)
)
SELECT e.id AS unit_id, e.name AS unit, e.uscc, coalesce(e.city, r.name) AS city,
  CASE WHEN e.registered THEN 'registered' WHEN v.enterprise IS NOT NULL THEN 'listed' ELSE 'named' END AS identity,
  CASE WHEN l.tier >= 2 THEN true WHEN e.registered THEN false END AS green,
  CASE l.tier WHEN 1 THEN 'district' WHEN 2 THEN 'city' WHEN 3 THEN 'provincial' WHEN 4 THEN 'national' END AS highest,
  l.since, p.enterprise IS NOT NULL AS in_pool, h.incidents, o.output / 1e6 AS output,
  e.above_scale AS in_base, nullif(u.since, DATE '0001-01-01') AS start
FROM units u
JOIN enterprises e ON e.row = u.row
LEFT JOIN listed l ON l.enterprise = u.row
LEFT JOIN ever_listed v ON v.enterprise = u.row
LEFT JOIN pool p ON p.enterprise = u.row
LEFT JOIN output o ON o.enterprise = u.row
LEFT JOIN held_against h ON h.enterprise = u.row
LEFT JOIN regions r ON r.code = e.region // 100 * 100 AND r.level = 2
ORDER BY unit_id
