"""Accounts: who someone is and that it is still them."""
