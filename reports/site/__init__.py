"""The site: pages of one store, served on this machine or frozen into one file, from the same models and templates."""
