"""The case file: an event on one page, as HTML to open anywhere or as Markdown."""
