"""Looking a corpus over before it is learned."""
