"""Drawings: the timeline of a code's phrases, the family tree of RFCs, and the social card."""
