"""Pictures of a neighbourhood: who sits in a park, who supplies a leader, what a ban reaches, whom a plan chooses."""
