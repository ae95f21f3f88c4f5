"""The report of a session that is over: made, kept, shown, and improved by a model's judge."""
