"""The filterable list: which filters there are, and how many meanings each choice gives."""
