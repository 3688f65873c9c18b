"""From sources to typed rows: formats, headers, blocks, values, and a cache of what was read."""
