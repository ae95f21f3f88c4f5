"""What a user may want to practise next."""
