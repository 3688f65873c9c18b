// Which reports and listings a ban on an agency reaches: the facts of `ban-reach`. SPEC 6.3, clause D-24.
//
// In Neo4j Browser run these lines first, then paste the rest:
// :param graph => 'default'
// :param as_of => date('2025-06-30')
// :param agency => null
// :param on => null
// :param region => null
// :param jurisdiction => 'recorded'
// :param lookback_years => 3
// :param ban_years => 3
// :param home => 320000
// agency, on, region: a ban that might be (id of the agency, day, code of the region, 100000 for all); null takes the recorded
// bans in force. jurisdiction: recorded, or province, as if the whole home province applied the ban.

CALL () {
  WITH 1 AS one WHERE $agency IS NULL
  MATCH (ban:Ban {verdigraph: $graph})-[:BANS {verdigraph: $graph}]->(agency:Agency)
  WHERE ban.decided_on <= $as_of AND $as_of < ban.decided_on + duration({years: $ban_years})
  RETURN agency, ban.decided_on AS decided, collect(coalesce(ban.region, 0)) AS regions
UNION ALL
  MATCH (agency:Agency {verdigraph: $graph, id: $agency})
  RETURN agency, $on AS decided, [$region] AS regions
}
WITH agency, decided, decided + duration({years: $ban_years}) AS until,
  decided - duration({years: $lookback_years}) AS look,
  CASE $jurisdiction WHEN 'province' THEN regions + $home ELSE regions END AS regions
CALL (agency, decided, until, look) {
  // Third-party reports of the agency itself, on the day they were submitted, else issued.
  MATCH (agency)-[:ISSUED {verdigraph: $graph}]->(report:Report)
  WHERE coalesce(report.mode, 'third_party') = 'third_party'
  WITH report, coalesce(report.submitted_on, report.issued_on) AS day,
    report.outcome IS NOT NULL
      AND coalesce(coalesce(report.outcome_on, report.submitted_on, report.issued_on) <= $as_of, true) AS settled,
    EXISTS {
      (report)<-[:RESTS_ON {verdigraph: $graph}]-(listing:Listing)
      WHERE listing.published_on <= $as_of AND (listing.removed_on IS NULL OR $as_of < listing.removed_on)
        AND NOT coalesce(listing.end_unknown, false)
    } AS rested_on
  WHERE coalesce(day <= $as_of, true)
  WITH report, day, CASE
    WHEN day IS NULL THEN 'unknown'
    WHEN decided <= day AND day < until THEN 'blocked'
    WHEN settled OR rested_on OR day >= decided THEN null
    WHEN look <= day THEN 'review'
    ELSE 'older'
  END AS class
  WHERE class IS NOT NULL
  RETURN report AS fact, null AS listing, report, day, class, agency AS holder
UNION ALL
  // Active listings that rest on a report of the agency or of a related one, or name it without a report that has begun.
  MATCH (holder:Agency {verdigraph: $graph})
  WHERE holder = agency
    OR holder.legal_representative = agency.legal_representative
    OR holder.normal STARTS WITH agency.normal AND holder.normal <> agency.normal AND holder.normal ENDS WITH '分公司'
    OR agency.normal STARTS WITH holder.normal AND holder.normal <> agency.normal AND agency.normal ENDS WITH '分公司'
  CALL (holder) {
    MATCH (holder)-[:ISSUED {verdigraph: $graph}]->(report:Report)<-[:RESTS_ON {verdigraph: $graph}]-(listing:Listing)
    WHERE coalesce(report.mode, 'third_party') = 'third_party'
    WITH listing, report, coalesce(report.submitted_on, report.issued_on) AS day
    WHERE coalesce(day <= $as_of, true)
    RETURN listing, report, day
  UNION ALL
    MATCH (holder)<-[:NAMES_AGENCY {verdigraph: $graph}]-(listing:Listing)
    WHERE NOT EXISTS {
      (listing)-[:RESTS_ON {verdigraph: $graph}]->(report:Report)
      WHERE coalesce(coalesce(report.submitted_on, report.issued_on) <= $as_of, true)
    }
    RETURN listing, null AS report, listing.published_on AS day
  }
  WITH holder, listing, report, day
  WHERE listing.published_on <= $as_of AND (listing.removed_on IS NULL OR $as_of < listing.removed_on)
    AND NOT coalesce(listing.end_unknown, false)
  WITH holder, listing, report, day, CASE
    WHEN holder <> agency THEN 'hint'
    WHEN day IS NULL THEN 'unknown'
    WHEN day < look THEN 'older'
    WHEN report IS NULL OR day < until THEN 'review'
  END AS class
  WHERE class IS NOT NULL
  RETURN listing AS fact, listing, report, day, class, holder
}
MATCH (fact)-[:ABOUT|LISTED_AS {verdigraph: $graph}]-(unit:Enterprise|Park)
WITH *, coalesce(unit.region, 0) AS code
WITH *,
  100000 IN regions OR any(region IN regions WHERE code > 0 AND CASE
    WHEN region % 10000 = 0 THEN code / 10000 = region / 10000
    WHEN region % 100 = 0 THEN code / 100 = region / 100
    ELSE code = region
  END) AS inside,
  // Not known as finely as the ban needs: nothing is known, or only a region around that of the ban.
  CASE code
    WHEN 0 THEN NOT unit.outside
    ELSE 0 IN regions OR any(region IN regions WHERE code <> region AND code IN [100000, region / 10000 * 10000, region / 100 * 100])
  END AS unsure
WHERE inside OR unsure
RETURN
  agency.id + '@' + toString(decided) AS ban_id, agency.id AS agency_id, agency.name AS agency,
  CASE WHEN inside THEN class ELSE 'unknown' END AS class,
  unit.id AS unit_id, unit.name AS unit, CASE WHEN unit:Park THEN 'park' ELSE 'enterprise' END AS unit_kind,
  fact.category AS category, coalesce(fact.tier, 0) AS tier, unit.shown_city AS city, fact.report_no AS report_no,
  day AS date, decided AS window_start, until AS window_end,
  '机构 ' + agency.name
    + CASE WHEN holder.name <> agency.name THEN ' —关联机构→ 机构 ' + holder.name ELSE '' END
    + CASE WHEN report.report_no IS NULL THEN ' —评价'
        ELSE ' —出具 ' + report.report_no
          + coalesce('（' + toString(coalesce(report.submitted_on, report.issued_on)) + '）', '') END
    + CASE WHEN unit:Park THEN '→ 园区 ' WHEN fact.category = 'factory' THEN '→ 工厂 ' ELSE '→ 企业 ' END + unit.name
    + CASE WHEN listing IS NULL THEN ''
        ELSE ' —列入 ' + ['区县级', '市级', '省级', '国家级'][listing.tier - 1]
          + {factory: '绿色工厂', park: '绿色工业园区', product: '绿色产品', supply_chain: '绿色供应链管理企业'}[listing.category]
          + '（' + listing.batch + '）' END AS path,
  'D-24' AS clause, coalesce(listing.row, -1) AS listing, listing.id AS listing_id
ORDER BY ban_id, listing, fact.row
