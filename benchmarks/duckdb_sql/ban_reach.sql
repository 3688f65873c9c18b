-- ban-reach with its default options: every recorded ban in force. One row per report or listing; without `path`, which
-- words the row in Chinese.
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
pending AS (
  SELECT * FROM held_reports r
  WHERE NOT (outcome IS NOT NULL AND coalesce(outcome_on, submitted_on, issued_on, $day) <= $day)
    AND row NOT IN (SELECT report FROM held_listings WHERE report IS NOT NULL)
),
relatives AS (
  SELECT b.row AS agency, o.row AS other
  FROM (SELECT row, legal_representative, regexp_replace(upper(name), '[\s、·.,，。-]', '', 'g') AS normal FROM agencies) b
  JOIN (SELECT row, legal_representative, regexp_replace(upper(name), '[\s、·.,，。-]', '', 'g') AS normal FROM agencies) o
    ON o.row <> b.row AND (
      o.legal_representative = b.legal_representative
      OR (starts_with(o.normal, b.normal) AND o.normal <> b.normal AND ends_with(o.normal, '分公司'))
      OR (starts_with(b.normal, o.normal) AND o.normal <> b.normal AND ends_with(b.normal, '分公司'))
    )
),
reached AS (
  SELECT b.*, 'blocked' AS class, r.enterprise, r.park, r.category, r.tier, r.report_no, r.since
  FROM bans b JOIN held_reports r ON r.agency = b.agency WHERE b.decided_on <= r.since AND r.since < b.ends
  UNION ALL
  SELECT b.*, CASE WHEN p.since < b.looks_back THEN 'older' ELSE 'review' END,
    p.enterprise, p.park, p.category, p.tier, p.report_no, p.since
  FROM bans b JOIN pending p ON p.agency = b.agency WHERE p.since < b.decided_on
  UNION ALL
  SELECT b.*, 'unknown', r.enterprise, r.park, r.category, r.tier, r.report_no, r.since
  FROM bans b JOIN held_reports r ON r.agency = b.agency WHERE r.since IS NULL
  UNION ALL
  SELECT b.*, CASE WHEN l.since IS NULL THEN 'unknown' WHEN l.since < b.looks_back THEN 'older' ELSE 'review' END,
    l.enterprise, l.park, l.category, l.tier, l.report_no, l.since
  FROM bans b JOIN held_listings l ON l.agency = b.agency
  WHERE l.since IS NULL OR l.report IS NULL OR l.since < b.ends
  UNION ALL
  SELECT b.*, 'hint', l.enterprise, l.park, l.category, l.tier, l.report_no, l.since
  FROM bans b JOIN relatives o ON o.agency = b.agency JOIN held_listings l ON l.agency = o.other
),
units AS (
  SELECT x.*, 'enterprise' AS unit_kind, e.id AS unit_id, e.name AS unit, e.city AS given, e.region,
    e.region IS NULL AND coalesce(e.country <> 'CN', false) AS far
  FROM reached x JOIN enterprises e ON e.row = x.enterprise
  UNION ALL
  SELECT x.*, 'park', p.id, p.name, p.city, p.region, false FROM reached x JOIN parks p ON p.row = x.park
),
judged AS (
  SELECT *,
    EXISTS (
      SELECT 1 FROM agency_bans g
      WHERE g.agency = u.agency AND g.decided_on = u.decided_on AND (
        g.region = 100000 OR g.region = u.region
        OR (g.region % 10000 = 0 AND u.region // 10000 = g.region // 10000)
        OR (g.region % 10000 <> 0 AND g.region % 100 = 0 AND u.region // 100 = g.region // 100)
      )
    ) AS inside,
    (u.region IS NULL AND NOT far) OR EXISTS (
      SELECT 1 FROM agency_bans g
      WHERE g.agency = u.agency AND g.decided_on = u.decided_on AND u.region <> g.region AND (
        (u.region % 10000 = 0 AND u.region // 10000 = g.region // 10000)
        OR (u.region % 10000 <> 0 AND u.region % 100 = 0 AND u.region // 100 = g.region // 100)
      )
    ) AS coarse
  FROM units u
)
SELECT a.id || '@' || strftime(j.decided_on, '%Y-%m-%d') AS ban_id, a.id AS agency_id, a.name AS agency,
  CASE WHEN inside THEN class ELSE 'unknown' END AS class,
  unit_id, unit, unit_kind,
  ['factory', 'park', 'product', 'supply_chain'][category + 1] AS category,
  ['district', 'city', 'provincial', 'national'][tier] AS tier,
  coalesce(given, r.name) AS city, report_no, since AS date,
  decided_on AS window_start, ends::DATE AS window_end, 'D-24' AS clause
FROM judged j
JOIN agencies a ON a.row = j.agency
LEFT JOIN regions r ON r.code = j.region // 100 * 100 AND r.level = 2
WHERE inside OR coarse
ORDER BY ban_id, list_position(['blocked', 'review', 'older', 'hint', 'unknown'], CASE WHEN inside THEN j.class ELSE 'unknown' END),
  unit_id, category NULLS FIRST, j.tier NULLS FIRST, report_no NULLS FIRST, date NULLS FIRST
