"""A view chooses what an answer says; one module per kind of page."""
