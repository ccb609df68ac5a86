"""Finding one's way without a question: places, languages, a timeline, what is like what."""
