"""Who is who: from names and codes in rows to units. SPEC 5."""
