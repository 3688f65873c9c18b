"""The rule book, one article a file. They do not know each other; `rulebook` puts them in order."""
