"""Published goals as data: what is to be reached by when, and where that is said."""
