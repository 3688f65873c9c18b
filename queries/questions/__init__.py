"""The questions, one file each: what is asked, its options, its columns, its facts, its conclusions."""
