"""The site: every page answers, says what the answers say, lets nobody in without the token, and escapes hostile names."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from starlette.testclient import TestClient

from loaders import load
from loaders.fictional import DEMO_DAY, fictional_province, write_province
from queries import Session, open_store
from queries.answers.labels import labelled
from reports.scope import ReportScope
from reports.site.frozen import frozen_pages, frozen_site
from reports.site.page_options import PageOptions, address_query, read_address
from reports.site.pages.page_register import MENU, PAGES
from reports.site.served import site
from reports.site.site_data import SiteData
from reports.site.tile_map import PLACES, shades

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "a-token-for-tests"
HOST = "127.0.0.1:8000"
STANDARD = PageOptions(DEMO_DAY)
OUTWARD = re.compile(r"""(?:src|href|action|url\()\s*=?\s*["']?(?:https?:)?//""")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    folder = tmp_path_factory.mktemp("province")
    write_province(fictional_province(300, 3), folder / "lists")
    load([folder / "lists"], folder / "store")
    return open_store(folder / "store")


@pytest.fixture(scope="module")
def client(session: Session) -> Iterator[TestClient]:
    with client_of(session) as client:
        yield client


def client_of(session: Session) -> TestClient:
    guarded = site(SiteData(session), STANDARD, TOKEN, [HOST])
    client = TestClient(guarded, base_url=f"http://{HOST}", follow_redirects=False)
    client.get(f"/?token={TOKEN}")
    return client


def subjects(session: Session) -> dict[str, str]:
    """One subject of each card."""
    reach = session.ask("ban-reach", as_of=DEMO_DAY).table
    return {
        "park": session.ask("park-share", as_of=DEMO_DAY).table["park_id"][0],
        "leader": session.ask("leader-ratio", as_of=DEMO_DAY).table["leader_id"][0],
        "agency": reach["agency_id"][0],
        "enterprise": reach[reach["unit_kind"] == "enterprise"]["unit_id"].iloc[0],
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_answers(client: TestClient, session: Session, name: str, lang: str) -> None:
    query = {"lang": lang} | ({"id": subjects(session)[name]} if PAGES[name].is_card else {})
    response = client.get(f"/{name}", params=query)
    assert response.status_code == 200
    assert "<h1>" in response.text
    assert not OUTWARD.search(response.text)
    assert " style=" not in response.text
    assert not re.search(r"<[^>]+\son\w+=", response.text)


@pytest.mark.parametrize(
    "path", ["/nothing", "/park?id=没有这个园区", "/park", "/parks?tier=galaxy", "/parks?as_of=never"]
)
def test_what_does_not_fit_is_told_by_a_sentence(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert 'class="notice"' in response.text
    assert "Traceback" not in response.text


def test_a_headline_is_the_answers(client: TestClient, session: Session) -> None:
    row = session.ask("tier-coverage", as_of=DEMO_DAY).table.iloc[-1]
    green = int(row["national"] + row["provincial"] + row["city"])
    text = client.get("/overview").text
    assert f"{row['share']:.2%}" in text
    assert f"{green:,} / {int(row['base']):,}" in text
    assert green / row["base"] == row["share"]


@pytest.mark.parametrize(
    ("page", "table", "question"), [("parks", "shares", "park-share"), ("leaders", "ratios", "leader-ratio")]
)
def test_a_table_downloads_whole(client: TestClient, session: Session, page: str, table: str, question: str) -> None:
    answer = session.ask(question, as_of=DEMO_DAY)
    text = client.get(f"/download/{page}/{table}.csv").content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert head == [column.name for column in answer.columns]
    assert len(rows) == len(answer.table)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/download/{page}/{table}.xlsx").content))
    heads = [cell.value for cell in book.worksheets[0][1]]
    assert heads == list(labelled(answer.table, answer.columns).columns)
    assert book.worksheets[0].max_row == len(answer.table) + 1


@pytest.mark.parametrize(
    "path", ["/download/parks/nothing.csv", "/download/parks/shares.exe", "/download/x/shares.csv", "/assets/body.html"]
)
def test_nothing_else_can_be_fetched(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_search_finds_any_part_of_a_name(client: TestClient, session: Session) -> None:
    name = session.ask("enterprise-ladder", as_of=DEMO_DAY, base="all").table["enterprise"][0]
    found = client.get("/download/enterprises/enterprises.csv", params={"q": name[1:4]}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(found)))
    assert name in {row["enterprise"] for row in rows}
    assert len(rows) < 300


@pytest.mark.parametrize("facet", ["city", "highest", "verdict", "chain"])
def test_a_facet_keeps_the_units_that_have_it(client: TestClient, facet: str) -> None:
    everything = list(
        csv.DictReader(io.StringIO(client.get("/download/enterprises/enterprises.csv").content.decode("utf-8-sig")))
    )
    value = next(row[facet] for row in everything if row[facet])
    kept = client.get("/download/enterprises/enterprises.csv", params={facet: value}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(kept)))
    assert [row["enterprise_id"] for row in rows] == [row["enterprise_id"] for row in everything if row[facet] == value]


def test_a_plan_keeps_the_quota_of_a_city(client: TestClient) -> None:
    def cities(**query: str) -> list[str]:
        text = client.get("/download/plan/plan.csv", params={"count": "12", **query}).content.decode("utf-8-sig")
        return [row["city"] for row in csv.DictReader(io.StringIO(text))]

    most = max(cities(), key=cities().count)
    assert cities(**{f"most_{most}": "1"}).count(most) == 1 < cities().count(most)


def test_a_plan_reads_no_file_that_an_address_names(client: TestClient, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("city,min,max\n没有这个市,1,1\n", encoding="utf-8")
    for option in ("quotas", "include", "exclude", "rules_file"):
        response = client.get("/plan", params={"count": "3", option: str(secret)})
        assert response.status_code == 200
        assert "没有这个市" not in response.text


def test_a_what_if_tells_what_changes(client: TestClient, session: Session) -> None:
    tenants = session.ask("park-tenants", as_of=DEMO_DAY, park=subjects(session)["park"]).table
    unit = tenants[(tenants["green"] == True) & (tenants["in_base"] == True)]["unit_id"].iloc[0]  # noqa: E712
    wanted = session.what_if(as_of=DEMO_DAY, strike=unit)
    text = client.get("/download/what-if/changes.csv", params={"strike": unit}).content.decode("utf-8-sig")
    assert [row["id"] for row in csv.DictReader(io.StringIO(text))] == wanted.table["id"].tolist()
    assert len(wanted.table) > 0


class TestAccess:
    def test_no_token_no_answer(self, session: Session) -> None:
        client = TestClient(site(SiteData(session), STANDARD, TOKEN, [HOST]), base_url=f"http://{HOST}")
        for path in ("/", "/parks", "/assets/site.css", "/download/parks/shares.csv", "/?token=wrong"):
            assert client.get(path).status_code == 403

    def test_the_token_becomes_a_cookie_and_leaves_the_address(self, session: Session) -> None:
        client = TestClient(
            site(SiteData(session), STANDARD, TOKEN, [HOST]), base_url=f"http://{HOST}", follow_redirects=False
        )
        response = client.get(f"/parks?token={TOKEN}&tier=provincial")
        assert (response.status_code, response.headers["location"]) == (303, "/parks?tier=provincial")
        assert {"HttpOnly", "SameSite=strict"} <= set(response.headers["set-cookie"].split("; "))
        assert client.get("/parks").status_code == 200

    @pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:9", ""])
    def test_another_host_is_refused(self, client: TestClient, host: str) -> None:
        assert client.get("/", headers={"host": host}).status_code == 421

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
    def test_the_site_is_read_only(self, client: TestClient, method: str) -> None:
        response = client.request(method, "/parks")
        assert response.status_code == 405
        assert "access-control-allow-origin" not in response.headers

    def test_every_answer_carries_the_policy(self, client: TestClient) -> None:
        for path in ("/", "/nothing", "/assets/site.js"):
            headers = client.get(path, headers={"origin": "http://evil.example"}).headers
            assert headers["content-security-policy"].startswith("default-src 'self'")
            assert headers["cache-control"] == "no-store"
            assert "access-control-allow-origin" not in headers


HOSTILE = '虚构"><script>alert(1)</script><img src=x onerror=alert(2)>有限公司'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """A store in which an enterprise, its park and its former name are written to break out of a page."""
    folder = tmp_path_factory.mktemp("hostile")
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    park = '"虚构</script><b>园区"'
    (folder / "企业名录.csv").write_text(
        f"企业名称,设区市,是否规上,曾用名\n{quoted},苏州市,是,\"'虚构';--<i>旧\"\n", encoding="utf-8"
    )
    (folder / "园区.csv").write_text(f"园区名称,设区市,园区级别\n{park},苏州市,省级\n", encoding="utf-8")
    (folder / "入园企业.csv").write_text(f"企业名称,园区名称\n{quoted},{park}\n", encoding="utf-8")
    load([folder], folder / "store")
    return open_store(folder / "store")


def test_hostile_names_stay_text(hostile: Session) -> None:
    client = client_of(hostile)
    ladder = hostile.ask("enterprise-ladder", as_of=DEMO_DAY, base="all").table
    park = hostile.ask("park-share", as_of=DEMO_DAY).table["park_id"][0]
    pages = [
        client.get("/enterprise", params={"id": ladder["enterprise_id"][0]}),
        client.get("/park", params={"id": park}),
    ]
    pages += [client.get("/enterprises", params={"q": HOSTILE}), client.get("/enterprises", params={HOSTILE: HOSTILE})]
    for page in pages:
        assert page.status_code == 200
        assert "<img" not in page.text
        assert "<i>" not in page.text
        assert page.text.count("<script") == 1  # our own
    one_file = frozen_site(hostile, ReportScope(DEMO_DAY))
    assert one_file.count("</script>") == one_file.count("<script")
    for text in (one_file, *frozen_pages(one_file)):
        assert not re.search(r"<img|<i>|<b>园区|alert\(1\)</script", text)
    assert any("&lt;img" in text for text in frozen_pages(one_file))


@pytest.fixture(scope="module")
def frozen(session: Session) -> str:
    return frozen_site(session, ReportScope(DEMO_DAY))


class TestFrozen:
    def test_it_holds_every_page_and_asks_nobody(self, frozen: str) -> None:
        pages = frozen_pages(frozen)
        titles = [re.search(r"<h1>(.*?)</h1>", page)[1] for page in pages]  # type: ignore[index]
        assert titles[: len(MENU) - 1] == [kind.title.zh for kind in MENU if kind.frozen]
        for text in (frozen, *pages):
            assert not OUTWARD.search(text)
            assert "<form" not in text

    def test_every_link_leads_to_a_page_of_the_file(self, frozen: str) -> None:
        pages = frozen_pages(frozen)
        numbers = {int(at) for page in pages for at in re.findall(r'href="#p(\d+)"', page)}
        assert numbers <= set(range(len(pages)))
        assert len(numbers) > 20

    def test_it_is_the_same_every_time(self, session: Session, frozen: str) -> None:
        assert frozen_site(session, ReportScope(DEMO_DAY)) == frozen

    @pytest.mark.parametrize("kind", ["province", "city", "park", "leader"])
    def test_nobody_is_named_who_may_not_be(self, session: Session, kind: str) -> None:
        asked = {"province": "province", "city": "city=苏州市"} | {
            name: f"{name}={subjects(session)[name]}" for name in ("park", "leader")
        }
        scope = ReportScope(DEMO_DAY, asked[kind])
        enterprises = session.graph["enterprises"]
        hidden = enterprises.texts("name").to_numpy(zero_copy_only=False)[scope.audience(session).hidden]
        assert len(hidden) > 0
        one_file = frozen_site(session, scope)
        text = "\n".join([one_file, *frozen_pages(one_file)])
        assert [name for name in hidden if name in text] == []

    def test_the_suppliers_of_a_leader_are_told_to_that_leader(self, session: Session) -> None:
        leader = subjects(session)["leader"]
        own = frozen_pages(frozen_site(session, ReportScope(DEMO_DAY, f"leader={leader}")))
        others = frozen_pages(frozen_site(session, ReportScope(DEMO_DAY)))
        assert sum('id="t-suppliers"' in page for page in own) == 1
        assert not any('id="t-suppliers"' in page for page in others)
        assert not any("供货给" in page for page in others)


@pytest.mark.parametrize(
    ("options", "query"),
    [
        (STANDARD, {"as_of": DEMO_DAY.isoformat()}),
        (replace(STANDARD, tier="national"), {"as_of": DEMO_DAY.isoformat(), "tier": "national"}),
        (replace(STANDARD, rules="js-2016"), {"as_of": DEMO_DAY.isoformat(), "rules": "js-2016"}),
        (
            replace(STANDARD, as_of=date(2024, 2, 29), base="all", lang="en"),
            {"as_of": "2024-02-29", "base": "all", "lang": "en"},
        ),
    ],
    ids=["standard", "tier", "rules", "leap day"],
)
def test_an_address_can_be_sent_to_a_colleague(options: PageOptions, query: dict[str, str]) -> None:
    assert address_query(options, STANDARD) == query
    assert read_address(query.items(), STANDARD) == options


@pytest.mark.parametrize(
    ("shares", "wanted"),
    [([], []), ([None], [None]), ([0.02], [1]), ([0.0, 0.03, None, 0.06], [1, 3, None, 5])],
    ids=["none", "unknown", "one", "few percent"],
)
def test_shades_span_the_shares_there_are(shares: list[float | None], wanted: list[int | None]) -> None:
    assert shades(shares) == wanted


def test_every_city_has_a_tile_of_its_own(session: Session) -> None:
    regions = session.graph.regions
    assert set(PLACES) == {regions.name(code) for code in regions.cities}
    assert len(set(PLACES.values())) == len(PLACES)
