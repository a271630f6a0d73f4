"""The content as a whole: loading and dumping fixtures, checks, the IANA registry, and the content state."""
