"""Wiring of the site: settings, addresses, server entry. What the site knows lives in `codes`."""
