"""What the site publishes: every address, what each page depends on, and the export as files."""
