"""Words kept as files: YAML for the journey, Fluent for the phrases."""
