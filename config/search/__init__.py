"""Search: one box over posts, appeals and translations, as far as they are public now."""
