"""The lists beside this file into a store, and two questions to it.

python examples/first_questions.py
"""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from loaders import load
from queries import open_store

DAY = date(2025, 6, 30)
LISTS = Path(__file__).parent / "lists"

with TemporaryDirectory() as store:
    load([LISTS], Path(store) / "store")
    session = open_store(Path(store) / "store")

    share = session.ask("park-share", as_of=DAY)
    print(share.table[["park", "tenants", "base", "base_unknown", "green", "share", "share_low", "share_high"]])

    reach = session.ask("ban-reach", as_of=DAY)
    print(reach.labelled("zh"))
    print(reach.definition.zh)
