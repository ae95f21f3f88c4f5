"""What a user is told in the page."""
