"""What the site says of a thing: one description, and its forms as JSON, Markdown, text, CSV and JSON-LD."""
