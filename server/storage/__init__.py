"""Where bytes are kept that are too large for the database: a directory, or an S3 bucket."""
