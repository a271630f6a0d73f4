"""The reference: what is known of HTTP status codes, and every page and document made from it."""
