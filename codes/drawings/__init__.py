"""What the site draws: the phrases of a code over time, the family tree of RFCs, and the picture for messengers."""
