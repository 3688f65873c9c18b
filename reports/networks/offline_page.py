"""A picture: HTML that stands alone, for a file or a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.errors import MissingOptionError
from reports.networks.builders import SUBJECTS, SceneBuilder
from reports.networks.drawing import page
from reports.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from queries import Session


@dataclass(frozen=True)
class Picture:
    """One offline page. It shows itself in a notebook."""

    title: str
    html: str
    nodes: int

    def save(self, path: Path | str) -> Path:
        """Write the page as UTF-8, whatever the machine's own encoding is; return its path."""
        write_whole(Path(path), self.html.encode("utf-8"))
        return Path(path)

    def _repr_html_(self) -> str:
        title, page_text = escape(self.title), escape(self.html)
        return f'<iframe title="{title}" srcdoc="{page_text}" width="100%" height="620" style="border:0"></iframe>'


def picture_about(
    session: Session, day: date, *, tiers: int = 1, made_for: str | None = None, tier: str = "city", plan: int | None = None,
    **about: str,
) -> Picture:  # fmt: skip
    """Return the picture that `session.picture` asks for: of one of `park`, `leader`, `agency`, `unit`, or of a plan."""
    if len(about) + (plan is not None) != 1 or not set(about) <= set(SUBJECTS):
        raise MissingOptionError(Bilingual("图", "a picture"), *SUBJECTS)
    if plan is not None:
        return picture(session, "plan", "", day, made_for=made_for, tier=tier, options={"count": plan, "tier": tier})
    [(subject, name)] = about.items()
    return picture(session, subject, name, day, tiers=tiers, made_for=made_for, tier=tier)


def picture(
    session: Session, subject: str, name: str, day: date, *, tiers: int = 1, made_for: str | None = None, tier: str = "city",
    options: Mapping[str, Any] | None = None,
) -> Picture:  # fmt: skip
    """Return the picture of a park, a leader, an agency, an enterprise or a plan on a day."""
    scene = SceneBuilder(session, day, made_for, tier).scene(subject, name, tiers, options).within()
    return Picture(scene.title, page(scene), len(scene.nodes))
