"""What is known of an outlet: layouts, fixtures and who vouches for them, its tier, and how it goes in an archive."""
