"""Results in, text out: wording, tables, pictures and the JSON contract."""
