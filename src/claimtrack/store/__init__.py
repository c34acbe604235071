"""The database: tables, engine, migrations and queries; the only room that knows SQLAlchemy."""
