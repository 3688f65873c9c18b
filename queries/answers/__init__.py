"""What every answer is made of: table, columns, clauses, frames, shares, labels, sentences in two languages."""
