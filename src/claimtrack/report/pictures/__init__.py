"""Pictures in SVG: what is disputed, when it was said, who relies on whom, who agrees."""
