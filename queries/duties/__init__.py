"""Standing duties and list hygiene: one duty per file, each finds its breaches in a view. RULES, "Standing duties"."""
