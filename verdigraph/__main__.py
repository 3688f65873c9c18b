"""`python -m verdigraph` is the command line."""

from __future__ import annotations

import sys

from reports.cli import main

sys.exit(main())
