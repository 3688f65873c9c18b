"""Whom to cultivate next: candidates, goals, the choice that helps most, and the proof of how good it is. SPEC 9."""
