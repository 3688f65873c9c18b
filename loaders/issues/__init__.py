"""What a load has to say: its issues by kind, and the summary of every row."""
