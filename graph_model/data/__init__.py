"""Data that the program carries: region codes, provinces, countries, national batches."""
