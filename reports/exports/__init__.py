"""A store in the formats of other tools: tables with ids, words and provenance; networks; files for a server's bulk import."""
