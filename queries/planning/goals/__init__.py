"""What a plan may aim at, one goal a file. A goal says what each further chosen member adds to a place."""
