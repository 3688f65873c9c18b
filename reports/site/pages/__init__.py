"""One page of the site per file: from data and options to a page model."""
