"""Finding names in a text: matching, recognising, demonyms, described places."""
