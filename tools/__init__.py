"""Scripts that rebuild data/ from its sources and train the models."""
