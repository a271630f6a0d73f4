"""One description of each thing, and its representations: JSON, Markdown, text, CSV and JSON-LD."""
