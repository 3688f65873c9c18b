"""What a question is: its options, the units it names, the caveats of its answer."""
