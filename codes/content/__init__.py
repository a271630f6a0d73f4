"""The content as a whole: fixtures in and out, the rules that it keeps, the registry, and the token of its state."""
