"""Publishing: the list of all addresses, what each page depends on, and the export as files."""
