"""How fast, beside what: one table of seconds, ratios and peak memory. `python -m benchmarks --help`."""
