"""Counts per park, leader and region over a view: shared by questions, by the facts of articles, and by planning."""
